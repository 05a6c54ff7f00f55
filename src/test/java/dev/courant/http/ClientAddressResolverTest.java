package dev.courant.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.courant.settings.IpNetwork;
import dev.courant.support.FakeRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressResolverTest {

    private final ClientAddressResolver addresses =
            new ClientAddressResolver(Stream.of("127.0.0.1", "10.0.0.0/9", "::1", "2001:db8:1::/48")
                    .map(IpNetwork::parse)
                    .toList());

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, '', 203.0.113.7",
        "203.0.113.7, 192.0.2.1, 203.0.113.7", // the header of a client that is not a proxy is ignored
        "127.0.0.1, 192.0.2.1, 192.0.2.1",
        "127.0.0.1, '6.6.6.6, 192.0.2.1', 192.0.2.1", // the client forged the first address
        "127.0.0.1, '6.6.6.6, 192.0.2.1, 10.127.0.1', 192.0.2.1",
        "127.0.0.1, '192.0.2.1, 10.128.0.1', 10.128.0.1", // not within the network
        "10.1.2.3, 192.0.2.1:5061, 192.0.2.1",
        "::1, '[2001:db8:2:3::7]:443', 2001:db8:2:3:0:0:0:0/64",
        "::1, 2001:db8:2:3:ffff::8, 2001:db8:2:3:0:0:0:0/64",
        "fe80:0:0:0:0:0:0:1%eth0, '', fe80:0:0:0:0:0:0:0/64",
        "2001:db8:1:9::1, 192.0.2.1, 192.0.2.1",
        "0:0:0:0:0:ffff:cb00:7107, '', 203.0.113.7"
    })
    void findsTheNearestAddressThatIsNotAProxy(String remote, String forwarded, String expected) {
        assertEquals(expected, resolve(remote, forwarded));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, ''",
        "127.0.0.1, 10.0.0.1",
        "127.0.0.1, unknown",
        "127.0.0.1, localhost",
        "127.0.0.1, 1.2.3.4.5",
        "127.0.0.1, 999.999.999.999",
        "127.0.0.1, 1.2.3.256",
        "127.0.0.1, .a:b",
        "127.0.0.1, a:b",
        "127.0.0.1, ':::'",
        "127.0.0.1, '192.0.2.1 evil'"
    })
    void findsNothingIfAProxyDoesNotNameTheClient(String remote, String forwarded) {
        assertNull(resolve(remote, forwarded));
    }

    @Test
    void readsAllHeadersInOrder() {
        FakeRequest exchange = new FakeRequest("127.0.0.1").with("X-Forwarded-For", "6.6.6.6, 192.0.2.1", "10.0.0.1");
        assertEquals("192.0.2.1", addresses.resolve(exchange.request()));
    }

    @Test
    void trustsNoProxyByDefault() {
        FakeRequest exchange = new FakeRequest("127.0.0.1").with("X-Forwarded-For", "192.0.2.1");
        assertEquals("127.0.0.1", new ClientAddressResolver(List.of()).resolve(exchange.request()));
    }

    private String resolve(String remote, String forwarded) {
        return addresses.resolve(new FakeRequest(remote)
                .with("X-Forwarded-For", forwarded.isEmpty() ? new String[0] : new String[] {forwarded})
                .request());
    }
}
