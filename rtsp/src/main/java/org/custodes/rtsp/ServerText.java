package org.custodes.rtsp;

/// Makes text that a camera sent fit for people and logs.
final class ServerText {
    private static final int LONGEST = 200;

    private ServerText() {}

    /// Up to 200 characters, without control characters, line ends and marks that turn the writing
    /// direction: none of it can forge a line of a log or hide a word.
    static String shown(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .filter(ServerText::isShown)
                .limit(LONGEST)
                .forEach(shown::appendCodePoint);
        return shown.toString().strip();
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
