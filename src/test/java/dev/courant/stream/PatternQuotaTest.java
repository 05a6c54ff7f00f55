package dev.courant.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.courant.event.Prefix;
import dev.courant.event.TopicSelector;
import dev.courant.hub.Arrival;
import dev.courant.stream.PatternQuota.Excess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A {@link Prefix} weighs as much as it is long. */
class PatternQuotaTest {

    private final PatternQuota quota = new PatternQuota(10, 4, ClientAddress.behind("127.0.0.1"), () -> 0);
    private final List<ResponseConnection> open = new ArrayList<>();

    @Test
    void countsThePatternsOfAnAddressUntilItsStreamsEnd() {
        assertNull(admit("203.0.113.7", "abc"));
        assertEquals(Excess.ADDRESS, admit("203.0.113.7", "xy"));
        assertNull(admit("203.0.113.7", "d"));
        assertNull(admit("203.0.113.8", "abcd"), "another address has a limit of its own");
        assertEquals(8, quota.patterns());
        end(0);

        assertEquals(5, quota.patterns());
        assertNull(admit("203.0.113.7", "xy"));
    }

    @Test
    void countsOnceInAllWhatSeveralStreamsHave() {
        for (int n = 0; n < 20; n++) {
            assertNull(admit("127.0.0.1", "abc", "defg"));
        }
        assertEquals(7, quota.patterns());
        assertEquals(Excess.ALL, admit("127.0.0.1", "abc", "hijk"));
        assertEquals(7, quota.patterns());
        for (int n = 0; n < 19; n++) {
            end(n);
        }
        assertEquals(7, quota.patterns());
        end(19);
        assertEquals(0, quota.patterns());
    }

    @Test
    void countsNothingOfAStreamThatIsRefused() {
        assertNull(admit("127.0.0.1", "abcdefghi"));
        assertEquals(Excess.ALL, admit("203.0.113.7", "xyz"));
        assertEquals(Excess.ADDRESS, admit("203.0.113.7", "vwxyz"));
        end(0);

        assertEquals(0, quota.patterns());
        assertNull(admit("203.0.113.7", "abcd"));
    }

    @Test
    void admitsExactTopicsAndEveryTopicWithoutLimit() {
        for (int n = 0; n < 100; n++) {
            assertNull(admit("203.0.113.7", ""));
        }
        assertEquals(0, quota.patterns());
    }

    private @Nullable Excess admit(String address, String... prefixes) {
        ResponseConnection connection = new ResponseConnection(Arrival.NEW, new PromptDepartures(), () -> {});
        open.add(connection);
        List<TopicSelector> patterns = new ArrayList<>();
        for (String prefix : prefixes) {
            patterns.add(new Prefix(prefix));
        }
        return quota.admit(new Exchange(address).request(), connection, patterns);
    }

    private void end(int index) {
        open.get(index).onError(new IllegalStateException("gone"));
    }
}
