package dev.courant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The parts and the arrows between them: calls run downwards only. */
@AnalyzeClasses(packages = "dev.courant", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final int MOST_LINES = 250;

    private static final String[] BELOW_DOORS = {"event", "log", "hub", "stream", "access", "match", "door", "problem"};

    @ArchTest
    static final ArchRule callsRunDownwardsOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("event")
            .definedBy("dev.courant.event..")
            .layer("log")
            .definedBy("dev.courant.log..")
            .layer("kafka")
            .definedBy("dev.courant.kafka..")
            .layer("journal")
            .definedBy("dev.courant.journal..")
            .layer("hub")
            .definedBy("dev.courant.hub..")
            .layer("stream")
            .definedBy("dev.courant.stream..")
            .layer("access")
            .definedBy("dev.courant.access..")
            .layer("match")
            .definedBy("dev.courant.match..")
            .layer("door")
            .definedBy("dev.courant.door..")
            .layer("settings")
            .definedBy("dev.courant.settings..")
            .layer("problem")
            .definedBy("dev.courant.problem..")
            .layer("page")
            .definedBy("dev.courant.page..")
            .layer("sse")
            .definedBy("dev.courant.sse..")
            .layer("mercure")
            .definedBy("dev.courant.mercure..")
            .layer("feed")
            .definedBy("dev.courant.feed..")
            .layer("ops")
            .definedBy("dev.courant.ops..")
            .layer("wiring")
            .definedBy("dev.courant")
            .whereLayer("event")
            .mayNotAccessAnyLayer()
            .whereLayer("log")
            .mayOnlyAccessLayers("event")
            .whereLayer("kafka")
            .mayOnlyAccessLayers("event", "log")
            .whereLayer("journal")
            .mayOnlyAccessLayers("event", "log")
            .whereLayer("hub")
            .mayOnlyAccessLayers("event", "log")
            .whereLayer("stream")
            .mayOnlyAccessLayers("event", "log", "hub")
            .whereLayer("match")
            .mayOnlyAccessLayers("event")
            .whereLayer("access")
            .mayOnlyAccessLayers("event", "match", "problem")
            .whereLayer("door")
            .mayOnlyAccessLayers("event", "log", "hub", "stream", "access", "problem")
            .whereLayer("settings")
            .mayOnlyAccessLayers("log", "journal", "kafka", "hub")
            .whereLayer("problem")
            .mayOnlyAccessLayers("page")
            .whereLayer("page")
            .mayOnlyAccessLayers("problem")
            .whereLayer("sse")
            .mayOnlyAccessLayers(BELOW_DOORS)
            .whereLayer("mercure")
            .mayOnlyAccessLayers(BELOW_DOORS)
            .whereLayer("feed")
            .mayOnlyAccessLayers(BELOW_DOORS)
            .whereLayer("ops")
            .mayOnlyAccessLayers(BELOW_DOORS)
            .whereLayer("wiring")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule theCoreIsPlainJava = classes()
            .that()
            .resideInAnyPackage("dev.courant.event..", "dev.courant.log..", "dev.courant.hub..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "dev.courant.event..", "dev.courant.log..", "dev.courant.hub..");

    @ArchTest
    static final ArchRule kafkaIsPlainJavaToo = classes()
            .that()
            .resideInAPackage("dev.courant.kafka..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.apache.kafka..",
                    "dev.courant.event..",
                    "dev.courant.log..",
                    "dev.courant.kafka..");

    @ArchTest
    static final ArchRule streamsKnowTheServletApiAlone = noClasses()
            .that()
            .resideInAPackage("dev.courant.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws..", "jakarta.enterprise..", "jakarta.inject..", "jakarta.json..");

    @ArchTest
    static final ArchRule noServersOwnClassesAreUsed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "jakarta..",
                    "org.jspecify..",
                    "org.eclipse.microprofile.config..",
                    "org.jose4j..",
                    "com.google.re2j..",
                    "org.apache.kafka..",
                    "courant.shaded.h2.mvstore..",
                    "dev.courant..");

    @ArchTest
    static final ArchRule accessAloneKnowsTokens = noClasses()
            .that()
            .resideOutsideOfPackage("dev.courant.access..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jose4j..");

    @ArchTest
    static final ArchRule matchAloneKnowsPatterns = noClasses()
            .that()
            .resideOutsideOfPackage("dev.courant.match..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.re2j..");

    @ArchTest
    static final ArchRule kafkaAloneKnowsItsClient = noClasses()
            .that()
            .resideOutsideOfPackage("dev.courant.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule theJournalAloneKnowsItsStore = noClasses()
            .that()
            .resideOutsideOfPackage("dev.courant.journal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("courant.shaded..");

    @ArchTest
    static final ArchRule theJournalIsPlainJava = classes()
            .that()
            .resideInAPackage("dev.courant.journal..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "courant.shaded.h2.mvstore..",
                    "dev.courant.event..",
                    "dev.courant.log..",
                    "dev.courant.journal..");

    @ArchTest
    static final ArchRule nobodyIsNamedByAWordThatSaysNothing =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helper|Service)(\\$.*)?");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.courant.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void everyPackageIsOneOfTheDesign(JavaClasses classes) {
        Set<String> known = Set.of(
                "dev.courant",
                "dev.courant.event",
                "dev.courant.log",
                "dev.courant.kafka",
                "dev.courant.journal",
                "dev.courant.hub",
                "dev.courant.stream",
                "dev.courant.access",
                "dev.courant.match",
                "dev.courant.door",
                "dev.courant.settings",
                "dev.courant.problem",
                "dev.courant.page",
                "dev.courant.sse",
                "dev.courant.mercure",
                "dev.courant.feed",
                "dev.courant.ops");
        List<String> others = packages(classes)
                .map(JavaPackage::getName)
                .filter(name -> !known.contains(name))
                .toList();
        assertEquals(List.of(), others, "give it a layer above, too");
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
    void noFileIsLong() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            List<Path> tooLong = files.filter(Files::isRegularFile)
                    .filter(file -> lines(file) > MOST_LINES)
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
