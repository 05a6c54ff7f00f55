package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.PrefixSelector;
import dev.courant.event.TopicSelector;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.RefusedStreamException;
import dev.courant.settings.IpNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies the limits on patterns. The weight of a {@link PrefixSelector} is its length. */
class PatternQuotaTest {

    private static final int ADMITTED = 0;

    private final PatternQuota quota =
            new PatternQuota(10, 4, new ClientAddressResolver(List.of(IpNetwork.parse("127.0.0.1"))), () -> 0);
    private final List<ResponseConnection> open = new ArrayList<>();

    @Test
    void countsThePatternsOfAnAddressUntilItsStreamsEnd() {
        assertEquals(ADMITTED, admit("203.0.113.7", "abc"));
        assertEquals(429, admit("203.0.113.7", "xy"));
        assertEquals(ADMITTED, admit("203.0.113.7", "d"));
        assertEquals(ADMITTED, admit("203.0.113.8", "abcd"), "each address has its own limit");
        assertEquals(8, quota.weightInUse());
        end(0);

        assertEquals(5, quota.weightInUse());
        assertEquals(ADMITTED, admit("203.0.113.7", "xy"));
    }

    @Test
    void countsAPatternOfSeveralStreamsOnceInTotal() {
        for (int n = 0; n < 20; n++) {
            assertEquals(ADMITTED, admit("127.0.0.1", "abc", "defg"));
        }
        assertEquals(7, quota.weightInUse());
        assertEquals(503, admit("127.0.0.1", "abc", "hijk"));
        assertEquals(7, quota.weightInUse());
        for (int n = 0; n < 19; n++) {
            end(n);
        }
        assertEquals(7, quota.weightInUse());
        end(19);
        assertEquals(0, quota.weightInUse());
    }

    @Test
    void countsNoPatternOfARefusedStream() {
        assertEquals(ADMITTED, admit("127.0.0.1", "abcdefghi"));
        assertEquals(503, admit("203.0.113.7", "xyz"));
        assertEquals(429, admit("203.0.113.7", "vwxyz"));
        end(0);

        assertEquals(0, quota.weightInUse());
        assertEquals(ADMITTED, admit("203.0.113.7", "abcd"));
    }

    @Test
    void admitsExactTopicsAndEveryTopicWithoutLimit() {
        for (int n = 0; n < 100; n++) {
            assertEquals(ADMITTED, admit("203.0.113.7", ""));
        }
        assertEquals(0, quota.weightInUse());
    }

    /** Returns the status of the refusal, or {@link #ADMITTED}. */
    private int admit(String address, String... prefixes) {
        ResponseConnection connection = new ResponseConnection(new PromptStreamCloser(), () -> {});
        open.add(connection);
        List<TopicSelector> patterns = new ArrayList<>();
        for (String prefix : prefixes) {
            patterns.add(new PrefixSelector(prefix));
        }
        try {
            quota.admit(new FakeRequest(address).request(), connection, patterns);
            return ADMITTED;
        } catch (RefusedStreamException refused) {
            return refused.problem().problem().status();
        }
    }

    private void end(int index) {
        open.get(index).onError(new IllegalStateException("gone"));
    }
}
