package dev.courant.it.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.courant.brokers.FreePorts;
import dev.courant.support.CourantCommand;
import dev.courant.support.CourantRun;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the messages of {@code courant.jar} for settings with which it cannot start. */
class InvalidSettingsIT {

    private static final String ISSUER = "courant.jwt.issuer=https://issuer.example";
    private static final String URL = "courant.public-url=https://hub.example";

    @TempDir
    static Path directory;

    @ParameterizedTest
    @MethodSource("invalidSettings")
    void rejectsInvalidSettingsBeforeTheServerStarts(List<String> settings, String message) throws Exception {
        List<String> jvmArgs = settings.stream().map(each -> "-D" + each).toList();

        CourantRun run =
                CourantRun.of(CourantCommand.jar(jvmArgs, List.of("--port", Integer.toString(FreePorts.free()))));

        run.assertRejected("Courant did not start: " + message, 1);
    }

    static Stream<Arguments> invalidSettings() throws IOException {
        String file = directory.resolve("a-file").toString();
        Files.writeString(Path.of(file), "{}");
        Path foreign = Files.createDirectories(directory.resolve("foreign"));
        Files.writeString(foreign.resolve("00000000000000000001.log"), "someone's novel\n".repeat(10_000));
        String broker = "courant.kafka.bootstrap-servers=localhost:9";
        return Stream.of(
                arguments(
                        List.of("courant.heartbeat=abc"),
                        "The setting courant.heartbeat is \"abc\". It must be a duration such as 500ms, 15s, 5m or 1h, at most 1d."),
                arguments(
                        List.of("courant.dispatchers=0"),
                        "The setting courant.dispatchers is \"0\". It must be a whole number from 1 to 64."),
                arguments(
                        List.of("courant.journal.sync=never"),
                        "The setting courant.journal.sync is \"never\". It must be \"always\" or \"interval\"."),
                arguments(
                        List.of("courant.proxies=10.0.0.0/99"),
                        "The setting courant.proxies contains \"10.0.0.0/99\". It must be a list of addresses and networks such as"
                                + " 10.0.0.0/8, separated by commas."),
                arguments(
                        List.of("courant.public-url=ftp://example.com"),
                        "The setting courant.public-url is \"ftp://example.com\". It must be an http or https URL such as"
                                + " https://example.com or https://example.com/courant."),
                arguments(
                        List.of("courant.cors.origins=*"),
                        "The setting courant.cors.origins contains \"*\". It must be a list of origins such as"
                                + " https://www.example.com,http://localhost:3000, without a path or a slash at the end,"
                                + " '*' or 'null'."),
                arguments(
                        List.of("courant.jwt.key=short", ISSUER, URL),
                        "courant.jwt.key has to be a secret of at least 32 bytes for the algorithms it is used with"),
                arguments(
                        List.of(
                                "courant.jwt.key=-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                                ISSUER,
                                URL),
                        "courant.jwt.key holds no RSA, EC or Ed25519 public key that can be read"),
                arguments(
                        List.of("courant.jwt.key=" + "k".repeat(32)),
                        "courant.jwt.issuer is not set. Set it to the iss of the tokens."),
                arguments(
                        List.of("courant.jwt.issuer=https://issuer.example"),
                        "courant.jwt.issuer is set, but no key. Set courant.jwt.key or courant.jwt.jwks."),
                arguments(
                        List.of("courant.publish.anonymous=news/***"),
                        "The setting courant.publish.anonymous contains \"news/***\". It must be a list of patterns such as news/* or"
                                + " news/**."),
                arguments(
                        List.of("courant.jwt.jwks=/no/such/file", ISSUER, URL),
                        "courant.jwt.jwks names the file /no/such/file, which cannot be used: it does not exist."
                                + " Name an existing file, or a URL"),
                arguments(
                        List.of("courant.jwt.jwks=" + file, ISSUER, URL),
                        "courant.jwt.jwks names the file " + file
                                + ", which cannot be used: it is no JWK Set of 64 keys at most"),
                arguments(
                        List.of("courant.journal.dir=" + file),
                        "The journal in " + file + " cannot be opened: it is not a directory. Choose another path"
                                + " (courant.journal.dir)."),
                arguments(
                        List.of("courant.journal.dir=/dev/null/journal"),
                        "The journal in /dev/null/journal cannot be opened: /dev/null/journal: Not a directory. Choose another"
                                + " directory (courant.journal.dir)."),
                arguments(
                        List.of("courant.journal.dir=" + foreign),
                        "The journal in " + foreign + " cannot be opened: 00000000000000000001.log is no file of"
                                + " Courant. Move it away, or choose another directory (courant.journal.dir)."),
                arguments(
                        List.of("courant.journal.dir=" + directory, broker),
                        "courant.journal.dir and courant.kafka.bootstrap-servers are both set. Remove one of them: events"
                                + " are stored in the journal or in Kafka."),
                arguments(
                        List.of(broker, "courant.kafka.client.linger.ms=soon"),
                        "Kafka's client rejects a setting courant.kafka.client.*: Invalid value soon for"
                                + " configuration linger.ms: Not a number of type LONG"));
    }

    @Test
    void rejectsAJournalThatAnotherProcessHasOpen() throws Exception {
        Path journal = Files.createDirectories(directory.resolve("open"));
        try (FileChannel other = FileChannel.open(
                        journal.resolve("courant.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock unused = other.lock()) {
            CourantRun.of(CourantCommand.jar(
                            List.of("-Dcourant.journal.dir=" + journal),
                            List.of("--port", Integer.toString(FreePorts.free()))))
                    .assertRejected(
                            "Courant did not start: The journal in " + journal
                                    + " cannot be opened: it is in use by another process. Stop that process, or choose another"
                                    + " directory (courant.journal.dir).",
                            1);
        }
    }

    /** Only the server reads MicroProfile Config, for example the files of {@code --secretsdir}. */
    @Test
    void printsTheErrorOfTheApplicationLast() throws Exception {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("courant.heartbeat"), "abc");
        CourantRun run =
                CourantRun.jar("--port", Integer.toString(FreePorts.free()), "--secretsdir", secrets.toString());

        String last = run.err().stream().reduce("", (one, next) -> next);
        assertEquals(
                "Courant did not start: The setting courant.heartbeat is \"abc\". It must be a duration such as 500ms,"
                        + " 15s, 5m or 1h, at most 1d.",
                last);
        assertEquals(1, run.status());
    }
}
