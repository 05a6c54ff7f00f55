package dev.courant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.courant.brokers.Ports;
import java.net.ConnectException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients meet when the uber-jar is stopped as an operator stops it, by SIGTERM. */
class StopIT {

    /** 128 and the number of the signal: ended because it was asked to, as every JVM says it. */
    private static final int TERMINATED = 143;

    @Test
    void endsEveryStreamAfterWhatWasAcknowledged() throws Exception {
        try (CourantProcess courant =
                        CourantProcess.start(Ports.free(), List.of("-Dcourant.publish.anonymous=test/**"));
                Clients clients = new Clients(courant.uri())) {
            assertEquals(TERMINATED, courant.stop());

            clients.awaitEnd();
            assertThrows(
                    ConnectException.class,
                    () -> new Socket("127.0.0.1", courant.uri().getPort()).close());
        }
    }
}
