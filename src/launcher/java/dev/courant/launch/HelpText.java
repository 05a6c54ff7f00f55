package dev.courant.launch;

import java.io.InputStream;
import java.util.Scanner;

/** The output of {@code --help}. The text is a resource, because Java 8 has no text blocks. */
final class HelpText {

    private HelpText() {}

    static String read() {
        InputStream resource = HelpText.class.getResourceAsStream("help.txt");
        try (Scanner scanner = new Scanner(resource, "UTF-8").useDelimiter("\\A")) {
            return scanner.next().trim();
        }
    }
}
