package org.custodes.simulator;

import java.util.List;

/// The four scenes of the demo. Numbers are metres, degrees and sRGB colours.
final class Scenes {
    /// Goes up when a picture changes, so that cached films are made again.
    static final int VERSION = 1;

    private static final int DAYLIGHT = 0xf4f6ff;
    private static final int OFFICE_LIGHT = 0xfff4e2;
    private static final int SODIUM = 0xffd9a0;

    private Scenes() {}

    static List<DrawnScene> all() {
        return List.of(lobby(), parkingLot(), corridor(), loadingDock());
    }

    static DrawnScene lobby() {
        var room = new Room(0xe6ecf2, 0.42, 1.75);
        shell(room, 9, 13, 4.4, Surface.tiles(0xb4afa6, 0x6c6863, 1.2, 0.5), 0xb2b6b8, 0xd8dadb);
        room.side(8.98, 0, 4.4, 0.3, 13, Surface.slats(0x8a6549, 0x4a3527, 2, 0.5, 0.05));
        for (int i = 0; i < 9; i++) {
            double x = -6.6 + i * 1.25;
            room.pane(
                    12.9,
                    x,
                    x + 1.13,
                    0.1,
                    3.5,
                    Surface.glowing(i % 3 == 0 ? 0xd9e6ee : 0xc9d9e3, 0.75));
            room.pane(12.88, x, x + 1.13, 0.1, 0.9, Surface.glowing(0x8ba395, 0.35));
            room.box(x + 1.13, x + 1.25, 0, 3.6, 12.84, 12.92, 0x4a5258);
        }
        room.box(-6.8, 4.7, 3.5, 3.62, 12.84, 12.92, 0x4a5258);
        room.pane(12.82, -1.8, 0.9, 0, 2.7, Surface.plain(0x3a4148));
        room.pane(12.8, -1.65, -0.5, 0.1, 2.55, Surface.glowing(0xdce7ed, 0.8));
        room.pane(12.8, -0.4, 0.75, 0.1, 2.55, Surface.glowing(0xd3e0e7, 0.75));
        ceilingPanels(room, 4.38, new double[] {-6, -2.4, 1.2, 4.8}, 4, 12.5, 2.4);
        room.lamp(-4.5, 4.36, 4.5, 4, 2, 3.6, OFFICE_LIGHT)
                .lamp(3.5, 4.36, 4.5, 4, 2, 3.6, OFFICE_LIGHT);
        room.lamp(-4.5, 4.36, 9, 4, 2, 3.4, OFFICE_LIGHT)
                .lamp(3.5, 4.36, 9, 4, 2, 3.4, OFFICE_LIGHT);
        room.lamp(-1, 3.4, 12.2, 10, 0.8, 3.2, DAYLIGHT);
        room.mark(-7.6, -2.6, 4.6, 8.2, Surface.rough(0x54626a, 0.08));
        sofa(room, -7.4, -4.8, 7.2, 8.1, 0x4f7079);
        room.box(-7.4, -6.55, 0, 0.45, 5, 6.8, 0x4f7079)
                .box(-7.4, -7.2, 0.45, 0.85, 5, 6.8, 0x46636c);
        room.box(-5.6, -4.2, 0.3, 0.36, 5.5, 6.4, Surface.glossy(0x9b8468, 0.3));
        room.box(-5.5, -5.4, 0, 0.3, 5.6, 6.3, 0x3c332b)
                .box(-4.4, -4.3, 0, 0.3, 5.6, 6.3, 0x3c332b);
        plant(room, -8.3, 9.6);
        plant(room, 8.2, 11.6);
        room.box(3.6, 7.4, 0, 1.08, 6, 7, Surface.slats(0xa58d6e, 0x77634a, 0, 0.3, 0.02));
        room.box(3.5, 7.5, 1.08, 1.14, 5.9, 7.1, Surface.glossy(0xe9e6df, 0.25));
        room.box(4.4, 5.2, 1.14, 1.58, 6.6, 6.64, 0x20262c)
                .box(5.9, 6.7, 1.14, 1.58, 6.6, 6.64, 0x20262c);
        room.box(2.2, 2.6, 0, 4.4, 9.4, 9.8, 0xc3c7c9).box(-3.4, -3, 0, 4.4, 9.4, 9.8, 0xc3c7c9);
        var visitor =
                Walk.from(1, -0.9, 12.6)
                        .to(-0.4, 10.5)
                        .to(2.9, 6.9)
                        .stand(9, 80)
                        .to(0.5, 5.2)
                        .to(-3, 3.2)
                        .to(-9, 2.2);
        var passer = Walk.from(9, -8.8, 9).to(-1, 8.7, 1.45).to(3.2, 8.6, 1.45).to(8.8, 9.4, 1.45);
        var leaving = Walk.from(20, 3.4, 2.4).to(1.2, 6).to(0.6, 9).stand(3, 200).to(0.3, 12.7);
        var waiting =
                Walk.from(0, -4, 8.9)
                        .stand(17, 150)
                        .to(-2.4, 8)
                        .to(-2, 5.4)
                        .stand(6, 170)
                        .to(-4, 8.9)
                        .stand(60, 150);
        var clerk =
                Walk.from(0, 5.5, 7.7)
                        .stand(14, 190)
                        .to(6.5, 7.8, 0.7)
                        .stand(11, 170)
                        .to(5.5, 7.7, 0.7)
                        .stand(60, 190);
        return new DrawnScene(
                1,
                "lobby",
                "Lobby",
                room,
                new DrawnScene.View(3.6, 19, -4, 84),
                0.1,
                2,
                List.of(
                        Person.of("visitor", 1.82, 0x3f6187, 0x2b303b, 0xc39a7e, 0x33271f, visitor)
                                .withBag(0x5d3f2a),
                        Person.of("passer-by", 1.7, 0x9c4a41, 0x343a48, 0xdcb497, 0x6b4a2c, passer),
                        Person.of("leaving", 1.76, 0x5c7358, 0x3a3f4b, 0x8d6449, 0x1c1815, leaving),
                        Person.of("waiting", 1.66, 0xb59a68, 0x2c3342, 0xe0bfa6, 0x2a211c, waiting),
                        Person.of("clerk", 1.74, 0x36475e, 0x22262d, 0xcfa58a, 0x40301f, clerk)));
    }

    static DrawnScene parkingLot() {
        var room = new Room(0x93a8dc, 0.02, 2.1);
        room.box(-60, 60, -0.1, 0, -2, 90, Surface.rough(0x5c5d5f, 0.13));
        for (int i = -7; i < 9; i++) {
            room.mark(i * 2.7 - 0.06, i * 2.7 + 0.06, 20, 25, Surface.rough(0xd2d4d0, 0.12));
            room.mark(i * 2.7 - 0.06, i * 2.7 + 0.06, 8.4, 13.4, Surface.rough(0xd2d4d0, 0.12));
        }
        room.mark(-19, 22, 24.94, 25.06, Surface.rough(0xc8cac6, 0.1));
        int[] paints = {
            0x6d767e, 0x9aa0a4, 0x39434d, 0xb9bdbf, 0x7b2f2b, 0x47607a, 0x2a2f35, 0xa79f8d
        };
        int[] back = {-6, -5, -3, -2, 0, 1, 3, 4, 6};
        for (int i = 0; i < back.length; i++) {
            car(room, back[i] * 2.7 + 0.42, 20.3, paints[i % paints.length], i == 4);
        }
        int[] front = {-4, -1, 1, 3};
        for (int i = 0; i < front.length; i++) {
            car(room, front[i] * 2.7 + 0.42, 8.8, paints[(i * 3 + 1) % paints.length], false);
        }
        room.box(-26, 28, 0, 6, 40, 42, Surface.slats(0x4b5157, 0x33383c, 1, 0.9, 0.05));
        for (int i = 0; i < 11; i++) {
            double x = -20 + i * 4;
            boolean lit = i % 4 == 1 || i == 6;
            room.pane(
                    39.95,
                    x,
                    x + 1.9,
                    2.6,
                    4,
                    Surface.glowing(lit ? 0xf2d99a : 0x2b3640, lit ? 0.55 : 0.05));
        }
        room.box(-30, 30, 0, 0.18, 26.5, 27.6, Surface.rough(0x6c706d, 0.1));
        for (double x = -24; x < 26; x += 6) {
            room.box(
                    x,
                    x + 0.9,
                    0.18,
                    1 + 0.2 * Math.sin(x),
                    26.7,
                    27.5,
                    Surface.rough(0x2f4a33, 0.4));
        }
        streetLamp(room, -8.2, 17);
        streetLamp(room, 8.6, 17);
        streetLamp(room, -15, 31);
        streetLamp(room, 17, 31);
        room.lamp(0.5, 7.6, 4, 0.6, 0.6, 16, 0xe6edff);
        var home =
                Walk.from(2, -14, 15.8)
                        .to(-6, 15.4, 1.35)
                        .to(2, 15.6, 1.35)
                        .to(3.4, 18.6)
                        .stand(4, 20)
                        .to(3.6, 26, 1.3);
        var patrol =
                Walk.from(8, 15, 17.6)
                        .to(6, 16.8, 1.1)
                        .stand(4, 260)
                        .to(-2, 15.2, 1.1)
                        .stand(3, 190)
                        .to(-4.2, 7.2, 1.1)
                        .to(-9, 4.4, 1.1);
        var crossing = Walk.from(23, 12, 14.4).to(5, 14.6, 1.5).to(-15, 16.4, 1.5);
        return new DrawnScene(
                2,
                "parking",
                "Parking lot",
                room,
                new DrawnScene.View(6.2, 20, -3, 76),
                0,
                4,
                List.of(
                        Person.of("driver", 1.8, 0x7d8792, 0x3a4048, 0xc79f84, 0x2a2320, home)
                                .withBag(0x23272e),
                        Person.of("patrol", 1.84, 0x30353d, 0x23272d, 0xb98e72, 0x1f1a17, patrol)
                                .withVest(),
                        Person.of(
                                "crossing",
                                1.68,
                                0x94604b,
                                0x384152,
                                0xd9b59a,
                                0x5a4028,
                                crossing)));
    }

    static DrawnScene corridor() {
        var room = new Room(0xf2f3f4, 0.42, 1.6);
        shell(room, 1.7, 22, 2.8, Surface.tiles(0x9fa5a8, 0x868c90, 0.6, 0.75), 0xc9cdc8, 0xe4e6e3);
        for (double side : new double[] {-1.69, 1.69}) {
            room.side(side, 0, 0.12, 0.3, 22, Surface.plain(0x4e555b));
            room.box(side < 0 ? -1.7 : 1.62, side < 0 ? -1.62 : 1.7, 0.88, 1, 0.3, 22, 0x71889a);
        }
        for (double z = 2; z < 22; z += 2.6) {
            room.box(-0.55, 0.55, 2.78, 2.8, z, z + 1.1, Surface.glowing(0xfdfdf6, 2.2));
        }
        for (double z = 2.5; z < 21; z += 5.2) {
            room.lamp(0, 2.77, z, 1.1, 3, 1.15, 0xfff8ea);
        }
        for (double z = 3; z < 21; z += 3.6) {
            door(room, -1.69, z);
            door(room, 1.69, z + 1.4);
        }
        room.pane(21.9, -0.95, 0.95, 0, 2.15, Surface.plain(0x4c5962));
        room.pane(21.88, -0.78, -0.06, 0.9, 1.95, Surface.glowing(0xcfdee6, 0.7));
        room.pane(21.88, 0.06, 0.78, 0.9, 1.95, Surface.glowing(0xcfdee6, 0.7));
        room.box(-0.4, 0.4, 2.35, 2.62, 14, 14.04, Surface.glowing(0x2fa463, 0.9));
        room.box(1.55, 1.7, 0.5, 1.1, 4.6, 4.8, 0xb8382f);
        room.box(-1.7, -1.25, 0, 0.46, 8.6, 10.4, 0x5b6f78);
        var toCamera =
                Walk.from(0.5, 0.4, 21.6).to(0.5, 14, 1.35).to(0.55, 6, 1.35).to(0.9, 1.4, 1.35);
        var away = Walk.from(10, -0.7, 1.2).to(-0.55, 6.5).stand(4, 60).to(-0.5, 12).to(-0.2, 21.6);
        var office =
                Walk.from(17, 1.6, 8.9)
                        .to(0.7, 9.1, 0.9)
                        .stand(5, 240)
                        .to(0.2, 13)
                        .to(-1.6, 14.2, 0.9);
        var late = Walk.from(27, 0.1, 21.6).to(0.5, 15, 1.7).to(0.4, 1.2, 1.7);
        return new DrawnScene(
                3,
                "corridor",
                "Corridor",
                room,
                new DrawnScene.View(2.55, 12, 0, 72),
                0.2,
                2,
                List.of(
                        Person.of("nurse", 1.7, 0x3d7f8c, 0x3d7f8c, 0xd4ab90, 0x4a3323, toCamera),
                        Person.of("porter", 1.83, 0x7b4b57, 0x2e333d, 0x8a6046, 0x17130f, away),
                        Person.of("clerk", 1.72, 0xd9d4c8, 0x3a4253, 0xe2bfa4, 0x7a5b38, office)
                                .withBag(0x2f3136),
                        Person.of("hurried", 1.77, 0x44516a, 0x23282f, 0xbf9478, 0x2a221c, late)));
    }

    static DrawnScene loadingDock() {
        var room = new Room(0xe4e9ee, 0.28, 1.75);
        shell(room, 11, 15, 6, Surface.rough(0x8f8e88, 0.14), 0x8e9599, 0x6c7276);
        room.pane(14.98, -11, 11, 0, 6, Surface.slats(0x868d92, 0x6b7277, 1, 0.5, 0.04));
        double[] doors = {-8.6, -3.2, 2.2, 7.2};
        for (int i = 0; i < doors.length; i++) {
            dockDoor(room, doors[i], i == 1);
        }
        room.mark(-11, 11, 8.1, 8.45, Surface.hazard(0xd8b424, 0x2c2c2a));
        pallet(room, -9.8, 11, 3, 0xb58f60);
        pallet(room, -8.2, 11.3, 2, 0xa98457);
        pallet(room, -9.6, 8.9, 4, 0xbd9668);
        pallet(room, 4.4, 11.8, 3, 0x9aa6ad);
        pallet(room, 6, 11.4, 4, 0xb58f60);
        pallet(room, 8.6, 10.6, 2, 0xb58f60);
        pallet(room, -7.3, 5.4, 2, 0xb8936a);
        forklift(room, 2.9, 7.2);
        for (double x : new double[] {-8.6, -0.4, 8}) {
            room.box(x - 0.9, x + 0.9, 5.9, 6, 5, 5.4, Surface.glowing(0xfffbe9, 2));
            room.box(x - 0.9, x + 0.9, 5.9, 6, 10.2, 10.6, Surface.glowing(0xfffbe9, 2));
            room.lamp(x, 5.88, 5.2, 1.8, 0.5, 7.5, OFFICE_LIGHT);
            room.lamp(x, 5.88, 10.4, 1.8, 0.5, 7.5, OFFICE_LIGHT);
        }
        room.lamp(-1.7, 3.4, 14.3, 2.6, 0.6, 1.6, DAYLIGHT);
        var loader =
                Walk.from(0, -1.9, 12.8)
                        .stand(6, 190)
                        .to(-5.4, 10.6)
                        .stand(5, 270)
                        .to(-1.9, 12.8)
                        .stand(5, 10)
                        .to(-5.4, 10.6)
                        .stand(4, 270)
                        .to(-1.9, 12.8)
                        .stand(60, 190);
        var carrier =
                Walk.from(3, 10.6, 5.6)
                        .to(5, 6.2)
                        .to(1.4, 10.4)
                        .to(-1, 13.2)
                        .stand(5, 10)
                        .to(0.4, 9.6)
                        .to(-4, 5)
                        .to(-10.8, 3.6);
        var checker =
                Walk.from(14, -10.6, 7)
                        .to(-7.8, 9.9)
                        .stand(6, 320)
                        .to(-4.6, 7)
                        .to(6.6, 9.9)
                        .stand(60, 20);
        var checkerEnds = Walk.from(0, 6.6, 9.9).stand(8, 20).to(10.7, 8.4);
        return new DrawnScene(
                4,
                "dock",
                "Loading dock",
                room,
                new DrawnScene.View(4.4, 21, 2, 82),
                0,
                2,
                List.of(
                        Person.of("loader", 1.8, 0x4b5158, 0x2b3038, 0xc59c80, 0x2c231d, loader)
                                .withVest(),
                        Person.of("carrier", 1.75, 0x3d5a80, 0x2a2f39, 0x936a50, 0x191512, carrier)
                                .withBag(0xa88459),
                        Person.of("checker", 1.69, 0x6e4f6b, 0x333a48, 0xdfbb9f, 0x6d4c2e, checker)
                                .withVest(),
                        Person.of(
                                        "checker",
                                        1.69,
                                        0x6e4f6b,
                                        0x333a48,
                                        0xdfbb9f,
                                        0x6d4c2e,
                                        checkerEnds)
                                .withVest()));
    }

    /// Floor, ceiling and walls; the camera looks in through the open near side.
    private static void shell(
            Room room, double half, double far, double high, Surface floor, int wall, int ceiling) {
        room.box(-half, half, -0.1, 0, -1, far, floor);
        room.box(-half, half, high, high + 0.1, -1, far, Surface.rough(ceiling, 0.03));
        room.box(-half - 0.1, -half, 0, high, -1, far, Surface.rough(wall, 0.04));
        room.box(half, half + 0.1, 0, high, -1, far, Surface.rough(wall, 0.04));
        room.box(-half, half, 0, high, far, far + 0.1, Surface.rough(wall, 0.04));
    }

    private static void ceilingPanels(
            Room room, double y, double[] xs, double fromZ, double toZ, double step) {
        for (double z = fromZ; z < toZ; z += step) {
            for (double x : xs) {
                room.box(x, x + 1.5, y, y + 0.02, z, z + 0.5, Surface.glowing(0xfffaf0, 2));
            }
        }
    }

    private static void sofa(Room room, double x0, double x1, double z0, double z1, int colour) {
        room.box(x0, x1, 0, 0.45, z0, z1, colour);
        room.box(x0, x1, 0.45, 0.9, z1 - 0.2, z1, Surface.shade(colour, 0.9));
        room.box(x1 - 0.18, x1, 0.45, 0.62, z0, z1, Surface.shade(colour, 0.9));
    }

    private static void plant(Room room, double x, double z) {
        room.box(x - 0.3, x + 0.3, 0, 0.55, z - 0.3, z + 0.3, 0x7c6f64);
        for (int i = 0; i < 14; i++) {
            double u = Math.sin(i * 2.4) * 0.38;
            double v = Math.cos(i * 2.4) * 0.38;
            double y = 0.6 + (i % 7) * 0.17;
            double s = 0.13 - 0.006 * (i % 7);
            room.box(
                    x + u - s,
                    x + u + s,
                    y,
                    y + 0.16,
                    z + v - s,
                    z + v + s,
                    i % 2 == 0 ? 0x55805a : 0x42684a);
        }
    }

    private static void door(Room room, double x, double z) {
        room.side(x, 0, 2.14, z - 0.06, z + 1.06, Surface.plain(0x59636b));
        double in = x < 0 ? x + 0.012 : x - 0.012;
        room.side(in, 0, 2.08, z, z + 1, Surface.slats(0x8d7357, 0x80684e, 2, 0.25, 0.008));
        room.box(in - 0.02, in + 0.02, 1, 1.06, z + 0.1, z + 0.24, 0xd6d7d2);
        room.side(in, 1.4, 1.56, z + 1.2, z + 1.5, Surface.plain(0xeef0ee));
    }

    private static void car(Room room, double x, double z, int paint, boolean lightsOn) {
        var body = Surface.glossy(paint, 0.35);
        var glass = Surface.glossy(0x14181c, 0.7);
        room.box(x, x + 1.8, 0.28, 0.78, z, z + 4.3, body);
        room.box(x + 0.06, x + 1.74, 0.78, 0.9, z + 0.2, z + 4.1, body);
        room.box(x + 0.16, x + 1.64, 0.9, 1.36, z + 0.55, z + 3.1, glass);
        room.box(x + 0.24, x + 1.56, 1.36, 1.44, z + 0.85, z + 2.8, body);
        for (double wheel : new double[] {z + 0.5, z + 3.2}) {
            room.box(x - 0.02, x + 1.82, 0, 0.58, wheel, wheel + 0.6, 0x15171a);
        }
        room.box(x + 0.1, x + 1.7, 0.3, 0.42, z - 0.05, z, 0x22262a);
        for (double side : new double[] {x + 0.06, x + 1.36}) {
            room.box(
                    side,
                    side + 0.38,
                    0.6,
                    0.76,
                    z - 0.02,
                    z,
                    Surface.glowing(0xc23428, lightsOn ? 1.6 : 0.04));
        }
        room.box(x + 0.64, x + 1.16, 0.5, 0.62, z - 0.02, z, 0xdfe2e0);
    }

    private static void streetLamp(Room room, double x, double z) {
        room.box(x - 0.07, x + 0.07, 0, 5.8, z - 0.07, z + 0.07, 0x4a5056);
        room.box(x - 0.55, x + 0.55, 5.76, 5.88, z - 0.2, z + 0.2, 0x3a3f44);
        room.box(x - 0.5, x + 0.5, 5.7, 5.76, z - 0.17, z + 0.17, Surface.glowing(0xfff2d0, 4));
        room.lamp(x, 5.69, z, 1, 0.34, 38, SODIUM);
    }

    private static void dockDoor(Room room, double x, boolean open) {
        room.pane(14.94, x - 0.35, x + 3.35, 0, 4, Surface.plain(0xc9a81f));
        if (open) {
            room.pane(14.92, x - 0.1, x + 3.1, 0, 3.75, Surface.plain(0x1a1e22));
            room.pane(14.9, x + 0.1, x + 2.9, 0.05, 3.5, Surface.glowing(0xc6d0d6, 0.55));
            room.box(x + 0.4, x + 1.4, 0.3, 1.5, 14.78, 14.88, 0xa88259);
            room.box(x + 1.5, x + 2.5, 0.3, 2.1, 14.78, 14.88, 0x96744f);
        } else {
            room.pane(
                    14.92,
                    x - 0.1,
                    x + 3.1,
                    0,
                    3.75,
                    Surface.slats(0xaab1b5, 0x848b90, 1, 0.38, 0.05));
        }
        room.mark(x - 0.3, x - 0.1, 8.6, 14.6, Surface.rough(0xd8b92a, 0.15));
        room.mark(x + 3.1, x + 3.3, 8.6, 14.6, Surface.rough(0xd8b92a, 0.15));
    }

    private static void pallet(Room room, double x, double z, int layers, int colour) {
        room.box(x, x + 1.2, 0.08, 0.15, z, z + 1, 0xa5824f);
        room.box(x, x + 0.12, 0, 0.08, z, z + 1, 0x8a6c40)
                .box(x + 1.08, x + 1.2, 0, 0.08, z, z + 1, 0x8a6c40);
        for (int i = 0; i < layers; i++) {
            for (int j = 0; j < 2; j++) {
                double y = 0.15 + i * 0.45;
                int tone = Surface.shade(colour, 0.9 + 0.08 * ((i * 2 + j) % 3));
                room.box(x + j * 0.6, x + 0.57 + j * 0.6, y, y + 0.42, z + 0.02, z + 0.95, tone);
                room.box(
                        x + j * 0.6 + 0.22,
                        x + 0.34 + j * 0.6,
                        y,
                        y + 0.425,
                        z + 0.015,
                        z + 0.96,
                        Surface.shade(colour, 1.25));
            }
        }
    }

    private static void forklift(Room room, double x, double z) {
        room.box(x - 0.65, x + 0.65, 0.25, 1.05, z, z + 1.7, Surface.glossy(0xd58c22, 0.15));
        room.box(x - 0.6, x + 0.6, 0, 0.5, z + 0.1, z + 0.5, 0x191b1e)
                .box(x - 0.6, x + 0.6, 0, 0.5, z + 1.2, z + 1.6, 0x191b1e);
        room.box(x - 0.35, x + 0.35, 1.05, 1.35, z + 0.8, z + 1.3, 0x26292d);
        for (double post : new double[] {x - 0.6, x + 0.54}) {
            room.box(post, post + 0.06, 1.05, 2.15, z + 0.15, z + 0.21, 0x22262a);
            room.box(post, post + 0.06, 1.05, 2.15, z + 1.5, z + 1.56, 0x22262a);
        }
        room.box(x - 0.62, x + 0.62, 2.15, 2.22, z + 0.1, z + 1.6, 0xb97a1c);
        room.box(x - 0.5, x - 0.38, 0.05, 2.7, z - 0.2, z - 0.08, 0x3a4046)
                .box(x + 0.38, x + 0.5, 0.05, 2.7, z - 0.2, z - 0.08, 0x3a4046);
        room.box(x - 0.45, x - 0.28, 0.06, 0.12, z - 1.4, z - 0.2, 0x565c61)
                .box(x + 0.28, x + 0.45, 0.06, 0.12, z - 1.4, z - 0.2, 0x565c61);
    }
}
