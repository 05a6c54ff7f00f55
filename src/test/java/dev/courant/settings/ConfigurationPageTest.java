package dev.courant.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of settings in the documentation, compared with the catalogue. */
class ConfigurationPageTest {

    private static final Pattern ROW = Pattern.compile("\\| `(courant\\.[^`]+)` \\| (.*?) \\| (.*) \\|");

    @Test
    void hasTheRowsOfTheCatalogue() throws IOException {
        List<String> rows = SettingCatalogue.all().stream()
                .map(setting ->
                        "| `" + setting + "` | " + setting.defaultValue().text() + " | " + setting.description() + " |")
                .toList();
        assertEquals(String.join("\n", rows), String.join("\n", findRows("docs/configuration.md")));
    }

    @Test
    void agreesWithTheReadme() throws IOException {
        List<String> inReadme = findRows("README.md").stream()
                .map(ConfigurationPageTest::omitDescription)
                .toList();
        assertTrue(inReadme.size() >= 8, inReadme::toString);
        List<String> onPage = findRows("docs/configuration.md").stream()
                .map(ConfigurationPageTest::omitDescription)
                .toList();
        assertTrue(onPage.containsAll(inReadme), inReadme::toString);
    }

    private static List<String> findRows(String page) throws IOException {
        return Files.readAllLines(Path.of(page), UTF_8).stream()
                .filter(line -> ROW.matcher(line).matches())
                .toList();
    }

    private static String omitDescription(String row) {
        return ROW.matcher(row).replaceFirst("$1 $2");
    }
}
