package dev.courant.conventions;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.courant.app.FilterSetup;
import dev.courant.http.RequestContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Tests the packages and their dependencies on each other, which run in one direction only, and conventions of the code. */
@AnalyzeClasses(packages = "dev.courant", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final int MAX_LINES = 250;

    private static final String ROOT = "dev.courant.";

    /** The package that creates the objects of all others. No package depends on it. */
    private static final String WIRING = "app";

    /** Each package and the packages that it may depend on. */
    private static final Map<String, Set<String>> PARTS = Map.ofEntries(
            entry("event", Set.of()),
            entry("logging", Set.of()),
            entry("log", Set.of("event")),
            entry("kafka", Set.of("event", "log", "logging")),
            entry("journal", Set.of("event", "log")),
            entry("hub", Set.of("event", "log")),
            entry("urlpattern", Set.of()),
            entry("topic", Set.of("event", "urlpattern")),
            entry("http", Set.of("log", "settings", "urlpattern")),
            entry("auth", Set.of("event", "topic", "http", "logging", "settings")),
            entry("stream", Set.of("event", "log", "hub", "auth", "http", "logging", "settings")),
            entry("publish", Set.of("event", "log", "auth", "http", "settings")),
            entry("settings", Set.of("log", "journal", "kafka", "urlpattern")),
            entry("feed", Set.of("event", "log", "hub")),
            entry("ops", Set.of("hub", "http")),
            entry("sse", Set.of("event", "log", "hub", "auth", "http", "stream", "publish")),
            entry(
                    "mercure",
                    Set.of(
                            "event",
                            "log",
                            "hub",
                            "topic",
                            "urlpattern",
                            "auth",
                            "http",
                            "stream",
                            "publish",
                            "settings")));

    @ArchTest
    static final ArchRule callsRunDownwardsOnly = downwards();

    private static ArchRule downwards() {
        LayeredArchitecture rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer(WIRING)
                .definedBy(ROOT + WIRING + "..");
        for (String part : PARTS.keySet()) {
            rule = rule.layer(part).definedBy(ROOT + part + "..");
        }
        for (var part : PARTS.entrySet()) {
            var calls = rule.whereLayer(part.getKey());
            rule = part.getValue().isEmpty()
                    ? calls.mayNotAccessAnyLayer()
                    : calls.mayOnlyAccessLayers(part.getValue().toArray(String[]::new));
        }
        return rule.whereLayer(WIRING).mayNotBeAccessedByAnyLayer();
    }

    @ArchTest
    static final ArchRule theRootPackageHasNoClasses = noClasses().should().resideInAPackage("dev.courant");

    @ArchTest
    static final ArchRule nobodyIsNamedByAWordThatSaysNothing =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helper|Service)(\\$.*)?");

    @ArchTest
    static final ArchRule contextIsPassedByTheRequestAlone =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

    /** Creating and injecting a bean for each request takes more CPU than storing its event. */
    @ArchTest
    static final ArchRule noRequestCreatesABean = noClasses().should().beAnnotatedWith(RequestScoped.class);

    @ArchTest
    static final ArchRule requestAttributesAreSetInOnePlace = noClasses()
            .that()
            .doNotBelongToAnyOf(RequestContext.class)
            .should()
            .callMethodWhere(
                    target(nameMatching("setAttribute")).and(target(owner(assignableTo(ServletRequest.class)))));

    @ArchTest
    static final ArchRule filtersAreRegisteredInOnePlace = noClasses()
            .that()
            .doNotBelongToAnyOf(FilterSetup.class)
            .should()
            .callMethodWhere(target(nameMatching("addFilter")).and(target(owner(assignableTo(ServletContext.class)))))
            .orShould()
            .beAnnotatedWith(WebFilter.class);

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.courant.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void everyPackageIsOneOfTheDesign(JavaClasses classes) {
        List<String> others = packages(classes)
                .map(JavaPackage::getName)
                .map(name -> name.substring(ROOT.length()).replace(".server", ""))
                .filter(name -> !name.equals(WIRING) && !PARTS.containsKey(name))
                .toList();
        assertEquals(List.of(), others, "to be a part, above");
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        assertFalse(packages(classes).toList().isEmpty());
        assertEquals(
                List.of(),
                packages(classes)
                        .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                        .toList());
    }

    @Test
    void webXmlHasNoFilters() throws IOException {
        assertFalse(Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml")).contains("<filter"));
    }

    @Test
    void eachResponseHeaderIsSetByOneClass() throws IOException {
        Pattern set = Pattern.compile(
                "(?:(?:set|add)Header|\\.header|new ResponseHeader)\\(\\s*(?:\"([A-Z][\\w-]*)\"|HttpHeaders\\.(\\w+))");
        Map<String, Set<Path>> setters = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                set.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2).replace('_', '-') : found.group(1))
                        .forEach(
                                name -> setters.computeIfAbsent(name.toLowerCase(Locale.ROOT), first -> new TreeSet<>())
                                        .add(file));
            }
        }
        assertTrue(
                setters.keySet().containsAll(Set.of("cache-control", "retry-after", "vary", "etag")),
                setters::toString);
        setters.values().removeIf(files -> files.size() == 1);
        assertEquals(Map.of(), setters);
    }

    @Test
    void noFileIsLong() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            List<Path> tooLong = files.filter(Files::isRegularFile)
                    .filter(file -> lines(file) > MAX_LINES)
                    .toList();
            assertEquals(List.of(), tooLong);
        }
    }

    private static Stream<JavaPackage> packages(JavaClasses classes) {
        return classes.stream().map(JavaClass::getPackage).distinct();
    }

    private static long lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines().count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
