package dev.courant.event;

import java.util.Random;

/** Unusual text: characters of all planes, and everything with a meaning for a parser of streams. */
public final class RandomText {

    private static final String[] PIECES = {
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        "\r\r",
        "\n\r",
        "\r\n\r\n",
        ":",
        ": ",
        " ",
        "  ",
        "\t",
        "\0",
        "\u0001",
        "\u000b",
        "\f",
        "\u001b",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u00ad",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffd",
        "\ufffe",
        "\uffff",
        "\u202e",
        "e\u0301",
        "\ud83d\ude00",
        "\ud83d\udc69\u200d\ud83d\udc69",
        "\udbff\udfff",
        "data: x",
        "data",
        "data:",
        "id: 9",
        "id",
        "event: y",
        "retry: 1",
        ": comment",
        "{\"a\":1}",
        "\"\\",
        "%0a",
        "&#10;",
        "\\n",
        "</script>",
        "plain",
        "0"
    };

    private RandomText() {}

    /** Returns one character, or a few that belong together; never half of a surrogate pair. */
    public static String piece(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> PIECES[random.nextInt(PIECES.length)];
            case 1 -> Character.toString(' ' + random.nextInt(95));
            case 2 -> Character.toString(basic(random));
            default -> Character.toString(0x10000 + random.nextInt(0x100000));
        };
    }

    /** Returns several pieces, usually few. */
    static String of(Random random, int maxPieces) {
        StringBuilder text = new StringBuilder();
        for (int pieces = 1 + random.nextInt(1 + random.nextInt(maxPieces)); pieces > 0; pieces--) {
            text.append(piece(random));
        }
        return text.toString();
    }

    private static int basic(Random random) {
        int any = random.nextInt(0x10000 - 0x800);
        return any < Character.MIN_SURROGATE ? any : any + 0x800;
    }
}
