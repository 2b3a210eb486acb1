/// A disk and a clock that are not there, and to which everything happens that may.
module org.custodes.mishap {
    requires static org.jspecify;

    exports org.custodes.mishap;
}
