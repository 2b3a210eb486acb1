/// Searches for input that a parser cannot bear. Of tests alone.
module org.custodes.fuzz {
    requires static org.jspecify;
    requires java.management;
    requires jdk.management;

    exports org.custodes.fuzz;
}
