package org.custodes.cli;

/// Text for a terminal. What cameras and people call themselves is shown, never obeyed: an escape
/// sequence could rewrite what stands on the screen (CWE-150).
final class Plain {
    private Plain() {}

    static String text(String told) {
        var plain = new StringBuilder(told.length());
        told.codePoints().forEach(point -> plain.appendCodePoint(isSafe(point) ? point : '\uFFFD'));
        return plain.toString();
    }

    private static boolean isSafe(int point) {
        return point == '\n'
                || (!Character.isISOControl(point) && Character.getType(point) != Character.FORMAT);
    }
}
