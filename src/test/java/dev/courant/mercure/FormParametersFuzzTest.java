package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.courant.event.Event;
import dev.courant.http.FormParameters;
import dev.courant.http.ProblemException;

/** Fuzz test: every form is either a valid update or rejected, and every query either a valid subscription or rejected. */
class FormParametersFuzzTest {

    private static final int MAX_DATA_BYTES = 1000;

    @FuzzTest(maxDuration = "3m")
    void parsesOrRejectsUpdates(byte[] body) {
        try {
            Event event = UpdateForm.read(body, UTF_8, MAX_DATA_BYTES);
            assertTrue(event.data().getBytes(UTF_8).length <= MAX_DATA_BYTES);
            assertFalse(event.topics().isEmpty());
        } catch (ProblemException rejected) {
            assertTrue(rejected.problem().status() < 500);
        }
    }

    @FuzzTest(maxDuration = "3m")
    void parsesOrRejectsQueries(byte[] octets) {
        String query = new String(octets, UTF_8);
        for (MercureProtocol protocol : new MercureProtocol[] {TestProtocols.VERSION_1, TestProtocols.VERSION_0}) {
            try {
                assertFalse(
                        protocol.parseMatchers(FormParameters.parseQuery(query)).isEmpty());
            } catch (IllegalArgumentException rejected) {
                assertFalse(rejected.getMessage().isEmpty());
            }
        }
    }
}
