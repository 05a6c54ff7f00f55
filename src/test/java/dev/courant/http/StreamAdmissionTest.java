package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.settings.IpNetwork;
import dev.courant.stream.FakeRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamAdmissionTest {

    private final StreamAdmission admission =
            new StreamAdmission(5, 2, new ClientAddressResolver(List.of(IpNetwork.parse("127.0.0.1"))), () -> 0);

    @Test
    void limitsStreamsPerAddressUntilOneEnds() {
        Runnable leave = admit("203.0.113.7");
        admit("203.0.113.7");
        assertRefused("203.0.113.7");
        admit("203.0.113.8");
        assertEquals(3, admission.count());

        leave.run();
        assertEquals(2, admission.count());
        admit("203.0.113.7");
        assertRefused("203.0.113.7");
    }

    @Test
    void limitsStreamsInTotalEvenFromAProxyThatDoesNotNameClients() {
        List<Runnable> in = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            in.add(admit("127.0.0.1"));
        }
        assertRefused("127.0.0.1");
        assertRefused("203.0.113.7");
        in.forEach(Runnable::run);
        assertEquals(0, admission.count());
        admit("203.0.113.7");
    }

    private Runnable admit(String address) {
        return admission.admit(new FakeRequest(address).request());
    }

    private void assertRefused(String address) {
        RefusedStreamException refused = assertThrows(RefusedStreamException.class, () -> admit(address));
        assertEquals(503, refused.problem().problem().status());
    }
}
