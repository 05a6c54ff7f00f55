package dev.courant.conventions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.settings.SettingCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that only the catalogue contains the names of settings. Comments may name them, too. */
class SettingNamesTest {

    /** The beginning of a line of a comment. Literals may contain the beginning of a comment, such as {@code news/*}. */
    private static final Pattern COMMENT = Pattern.compile("\\s*(?://|/?\\*)");

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

    @Test
    void areLiteralsInTheCatalogueAlone() throws IOException {
        List<String> names = SettingCatalogue.all().stream()
                .flatMap(setting -> Stream.of(setting.name(), setting.variable()))
                .map(name -> name.replace("*", ""))
                .toList();
        List<String> elsewhere = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/launcher/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    Files.readAllLines(file).stream()
                            .filter(line -> !COMMENT.matcher(line).lookingAt())
                            .flatMap(line -> LITERAL.matcher(line).results())
                            .map(literal -> literal.group())
                            .filter(literal -> names.stream().anyMatch(literal::contains))
                            .map(literal -> file.getFileName() + ": " + literal)
                            .forEach(elsewhere::add);
                }
            }
        }
        elsewhere.removeIf(literal -> literal.startsWith("SettingCatalogue.java"));
        assertEquals(List.of(), elsewhere, "use the constants of SettingCatalogue");
    }
}
