package org.custodes.simulator;

/// Somebody in a drawn scene: nobody in particular.
///
/// @param name as the ground truth calls them
/// @param height in metres
/// @param top colour of jacket or shirt
/// @param legs colour of the trousers
/// @param vest whether they wear a high-visibility vest
/// @param bag colour of a bag in the right hand, or -1
record Person(
        String name,
        double height,
        int top,
        int legs,
        int skin,
        int hair,
        boolean vest,
        int bag,
        Walk walk) {

    static Person of(String name, double height, int top, int legs, int skin, int hair, Walk walk) {
        return new Person(name, height, top, legs, skin, hair, false, -1, walk);
    }

    Person withVest() {
        return new Person(name, height, top, legs, skin, hair, true, bag, walk);
    }

    Person withBag(int colour) {
        return new Person(name, height, top, legs, skin, hair, vest, colour, walk);
    }
}
