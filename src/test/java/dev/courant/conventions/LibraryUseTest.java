package dev.courant.conventions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Tests which packages use Jakarta EE, and that one package uses each library. */
@AnalyzeClasses(packages = "dev.courant", importOptions = ImportOption.DoNotIncludeTests.class)
class LibraryUseTest {

    @ArchTest
    static final ArchRule theCoreIsPlainJava = classes()
            .that()
            .resideInAnyPackage("dev.courant.event..", "dev.courant.log..", "dev.courant.hub..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "dev.courant.event..", "dev.courant.log..", "dev.courant.hub..");

    @ArchTest
    static final ArchRule selectorsArePlainJava = classes()
            .that()
            .resideInAPackage("dev.courant.topic..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "com.google.re2j..",
                    "dev.courant.event..",
                    "dev.courant.topic..",
                    "dev.courant.urlpattern..");

    @ArchTest
    static final ArchRule urlPatternsCouldBeALibrary = classes()
            .that()
            .resideInAPackage("dev.courant.urlpattern..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "com.google.re2j..", "dev.courant.urlpattern..");

    @ArchTest
    static final ArchRule theJournalIsPlainJava = classes()
            .that()
            .resideInAPackage("dev.courant.journal..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "dev.courant.event..", "dev.courant.log..", "dev.courant.journal..");

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
                    "dev.courant.logging..",
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
                    "dev.courant..");

    @ArchTest
    static final ArchRule authAloneKnowsTokens = noClasses()
            .that()
            .resideOutsideOfPackage("dev.courant.auth..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jose4j..");

    @ArchTest
    static final ArchRule selectorsAloneKnowRegularExpressions = noClasses()
            .that()
            .resideOutsideOfPackages("dev.courant.topic..", "dev.courant.urlpattern..")
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
}
