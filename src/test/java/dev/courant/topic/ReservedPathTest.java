package dev.courant.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.courant.urlpattern.WebUrl;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishers cannot use the hub's own path in any spelling (Mercure, "Publication"). */
class ReservedPathTest {

    private final ReservedPath path = reserved("https://hub.example/.well-known/mercure");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/mercure",
                "/.well-known/mercure/",
                "/.well-known/mercure/subscriptions/exact/a/b",
                "/.well-known/mercure?q",
                "#f",
                "",
                "mercure",
                "./mercure/x",
                "https://hub.example/.well-known/mercure/x",
                "http://other.example:81/.well-known/mercure/x",
                "foo://x/.well-known/mercure",
                "foo:/.well-known/mercure",
                "//other.example/.well-known/mercure",
                "\\.well-known\\mercure",
                "/.well-known/%6Dercure/x",
                "/%2Ewell%2dknown/mercure",
                "/.well-known/mercure/../mercure/x",
                "/x/%2e%2E/.well-known/./mercure",
                " \t/.well-\nknown/mercure"
            })
    void matchesReservedTopics(String topic) {
        assertTrue(path.isReserved(topic));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/.well-known/mercurex",
                "/.well-known/mercure%2Fx",
                "/.well-known/Mercure",
                "/.well-known/%256Dercure",
                "/.well-known/mercure/..",
                "/.well-known//mercure",
                "/x/.well-known/mercure",
                "https://other.example/?/.well-known/mercure",
                "urn:.well-known/mercure",
                "https://[/.well-known/mercure",
                "*"
            })
    void doesNotMatchOtherTopics(String topic) {
        assertFalse(path.isReserved(topic));
    }

    @Test
    void followsTheHubsPath() {
        assertTrue(reserved("http://localhost:8080/app/h%75b").isReserved("/app/hub/x"));
        assertFalse(reserved("http://localhost:8080/app/hub").isReserved("/.well-known/mercure"));
    }

    @Test
    void parsesEveryTopicThatCouldBeReserved() {
        Random random = new Random(15);
        String[] parts = {
            "/",
            "\\",
            ".well-known",
            "mercure",
            "m",
            "ercure",
            "%6D",
            "..",
            ".",
            "%2e",
            ":",
            "?",
            "#",
            " ",
            "\n",
            "https",
            "//h",
            "foo",
            "@",
            "*",
            "caf\u00e9",
            "caf%C3%A9",
            "\uff4dercure"
        };
        for (String hub :
                new String[] {"/.well-known/mercure", "/mercure/.well-known/mercure", "/m", "/caf\u00e9", "/"}) {
            ReservedPath prefix = reserved("https://hub.example" + hub);
            for (int i = 0; i < 100_000; i++) {
                StringBuilder topic = new StringBuilder();
                for (int length = random.nextInt(8); length > 0; length--) {
                    topic.append(parts[random.nextInt(parts.length)]);
                }
                assertEquals(prefix.isBelowHub(topic.toString()), prefix.isReserved(topic.toString()), topic::toString);
            }
        }
    }

    private static ReservedPath reserved(String hub) {
        return new ReservedPath(Objects.requireNonNull(WebUrl.parse(hub, null)));
    }
}
