package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.event.PrefixSelector;
import dev.courant.event.TopicSelector;
import dev.courant.http.ClientAddressResolver;
import dev.courant.http.RefusedStreamException;
import dev.courant.settings.IpNetwork;
import dev.courant.support.FakeRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verifies the limits on streams and patterns. The weight of a {@link PrefixSelector} is its length. */
class StreamQuotaTest {

    private static final int ADMITTED = 0;

    private final List<Runnable> open = new ArrayList<>();
    private StreamQuota quota = quota(200, 200);

    @Test
    void countsThePatternsOfAnAddressUntilItsStreamsEnd() {
        assertEquals(ADMITTED, admit("203.0.113.7", "abc"));
        assertEquals(429, admit("203.0.113.7", "xy"));
        assertEquals(ADMITTED, admit("203.0.113.7", "d"));
        assertEquals(ADMITTED, admit("203.0.113.8", "abcd"), "each address has its own limit");
        assertEquals(8, quota.usage().patterns());
        end(0);

        assertEquals(5, quota.usage().patterns());
        assertEquals(ADMITTED, admit("203.0.113.7", "xy"));
    }

    @Test
    void countsAPatternOfSeveralStreamsOnceInTotal() {
        for (int n = 0; n < 20; n++) {
            assertEquals(ADMITTED, admit("127.0.0.1", "abc", "defg"));
        }
        assertEquals(7, quota.usage().patterns());
        assertEquals(503, admit("127.0.0.1", "abc", "hijk"));
        assertEquals(7, quota.usage().patterns());
        for (int n = 0; n < 19; n++) {
            end(n);
        }
        assertEquals(7, quota.usage().patterns());
        end(19);
        assertEquals(0, quota.usage().patterns());
    }

    @Test
    void countsNoPatternOfARefusedStream() {
        assertEquals(ADMITTED, admit("127.0.0.1", "abcdefghi"));
        assertEquals(503, admit("203.0.113.7", "xyz"));
        assertEquals(429, admit("203.0.113.7", "vwxyz"));
        end(0);

        assertEquals(0, quota.usage().patterns());
        assertEquals(ADMITTED, admit("203.0.113.7", "abcd"));
    }

    @Test
    void admitsExactTopicsAndEveryTopicWithoutLimit() {
        for (int n = 0; n < 100; n++) {
            assertEquals(ADMITTED, admit("203.0.113.7", ""));
        }
        assertEquals(0, quota.usage().patterns());
    }

    @Test
    void limitsStreamsPerAddressUntilOneEnds() {
        quota = quota(5, 2);
        assertEquals(ADMITTED, admit("203.0.113.7"));
        assertEquals(ADMITTED, admit("203.0.113.7"));
        assertEquals(503, admit("203.0.113.7"));
        assertEquals(ADMITTED, admit("203.0.113.8"));
        assertEquals(3, quota.usage().streams());

        end(0);
        assertEquals(2, quota.usage().streams());
        assertEquals(ADMITTED, admit("203.0.113.7"));
        assertEquals(503, admit("203.0.113.7"));
    }

    @Test
    void limitsStreamsInTotalEvenFromAProxyThatDoesNotNameClients() {
        quota = quota(5, 2);
        for (int n = 0; n < 5; n++) {
            assertEquals(ADMITTED, admit("127.0.0.1"));
        }
        assertEquals(503, admit("127.0.0.1"));
        assertEquals(503, admit("203.0.113.7", "abc"));
        for (int n = 0; n < 5; n++) {
            end(n);
        }
        assertEquals(new StreamQuota.Usage(0, 0), quota.usage());
        assertEquals(ADMITTED, admit("203.0.113.7", "abcd"));
    }

    private static StreamQuota quota(int streams, int streamsPerAddress) {
        return new StreamQuota(
                new StreamQuota.Usage(streams, 10),
                new StreamQuota.Usage(streamsPerAddress, 4),
                new ClientAddressResolver(List.of(IpNetwork.parse("127.0.0.1"))),
                () -> 0);
    }

    /** Returns the status of the refusal, or {@link #ADMITTED}. */
    private int admit(String address, String... prefixes) {
        List<TopicSelector> patterns = new ArrayList<>();
        for (String prefix : prefixes) {
            patterns.add(new PrefixSelector(prefix));
        }
        try {
            open.add(quota.admit(new FakeRequest(address).request(), patterns));
            return ADMITTED;
        } catch (RefusedStreamException refused) {
            open.add(() -> {});
            return refused.problem().problem().status();
        }
    }

    private void end(int index) {
        open.get(index).run();
    }
}
