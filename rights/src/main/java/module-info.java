/// Who may do what, as one pure function over what was granted. No I/O, no clock, no thread.
module org.custodes.rights {
    requires static org.jspecify;
    requires org.custodes.media;

    exports org.custodes.rights;
}
