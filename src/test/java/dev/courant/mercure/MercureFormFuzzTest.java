package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.courant.event.Event;
import dev.courant.http.ProblemException;

/** Whatever is sent as a form is an update or is refused, and so is whatever is asked for in a query. */
class MercureFormFuzzTest {

    private static final int MOST = 1000;

    @FuzzTest(maxDuration = "3m")
    void updates(byte[] body) {
        try {
            Event event = UpdateForm.read(body, UTF_8, MOST);
            assertTrue(event.data().getBytes(UTF_8).length <= MOST);
            assertFalse(event.topics().isEmpty());
        } catch (ProblemException refused) {
            assertTrue(refused.problem().status() < 500);
        }
    }

    @FuzzTest(maxDuration = "3m")
    void queries(byte[] octets) {
        String query = new String(octets, UTF_8);
        for (MercureProtocol dialect : new MercureProtocol[] {TestProtocols.NEW, TestProtocols.OLD}) {
            try {
                assertFalse(dialect.matchers(MercureForm.ofQuery(query)).isEmpty());
            } catch (IllegalArgumentException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
        }
    }
}
