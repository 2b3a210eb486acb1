/// HTTPS, WebSocket, JSON: the only room with a web framework.
module org.custodes.server {
    requires static org.jspecify;
    requires org.custodes.media;
    requires org.custodes.signals;
    requires org.custodes.audit;
    requires org.custodes.register;
    requires org.custodes.access;
    requires org.custodes.capture;
    requires org.custodes.keeping;
    requires org.custodes.viewing;
    requires java.management;
    requires jdk.management;
    requires org.slf4j;
    requires org.apache.tomcat.embed.core;
    requires org.apache.tomcat.embed.websocket;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires spring.beans;
    requires spring.boot;
    requires spring.boot.tomcat;
    requires spring.boot.web.server;
    requires spring.context;
    requires spring.core;
    requires spring.security.core;
    requires spring.security.web;
    requires spring.web;
    requires spring.webmvc;
    requires spring.websocket;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports org.custodes.server;
}
