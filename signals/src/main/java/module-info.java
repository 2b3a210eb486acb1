/// What a part of the system has to tell people.
module org.custodes.signals {
    requires static org.jspecify;

    exports org.custodes.signals;
}
