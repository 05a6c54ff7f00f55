package dev.courant.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.courant.support.InterfaceFake;
import dev.courant.support.TestDeadline;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingPublishesTest {

    private final List<Integer> statuses = new ArrayList<>();
    private final Map<String, String> headers = new HashMap<>();

    @Test
    void respondsWith503IfNoStatusIsSet() throws Exception {
        new PendingPublishes().doFilter(request("POST"), response(), (request, response) -> {});
        assertEquals(List.of(503), statuses);
    }

    @Test
    void keepsTheStatusOfTheResponse() throws Exception {
        new PendingPublishes()
                .doFilter(
                        request("POST"),
                        response(),
                        (request, response) -> ((HttpServletResponse) response).setStatus(201));
        assertEquals(List.of(503, 201), statuses);
    }

    @Test
    void refusesPublicationsWhileTheServerStops() throws Exception {
        PendingPublishes pendingPublishes = new PendingPublishes();
        pendingPublishes.drain(Duration.ZERO);
        pendingPublishes.doFilter(request("POST"), response(), (request, response) -> {
            throw new AssertionError("the publication was not refused");
        });
        assertEquals(List.of(503), statuses);
        assertEquals("10", headers.get("Retry-After"));
        assertEquals("close", headers.get("Connection"));
    }

    @Test
    void waitsForEarlierPublications() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        PendingPublishes pendingPublishes = new PendingPublishes();
        Thread stop = new Thread(() -> {
            pendingPublishes.drain(TestDeadline.DURATION);
            order.add("stopped");
        });
        pendingPublishes.doFilter(request("POST"), response(), (request, response) -> {
            stop.start();
            while (stop.getState() != Thread.State.TIMED_WAITING && stop.isAlive()) {
                Thread.onSpinWait();
            }
            order.add("answered");
        });
        stop.join();
        assertEquals(List.of("answered", "stopped"), order);
    }

    @Test
    void passesOnOtherRequests() throws Exception {
        new PendingPublishes().doFilter(request("GET"), response(), (request, response) -> {});
        assertEquals(List.of(), statuses);
    }

    private static HttpServletRequest request(String method) {
        return InterfaceFake.create(
                HttpServletRequest.class, (name, args) -> name.equals("getMethod") ? method : false);
    }

    private HttpServletResponse response() {
        return InterfaceFake.create(HttpServletResponse.class, (name, args) -> {
            if (name.equals("setStatus")) {
                statuses.add((Integer) args[0]);
            } else if (name.equals("setHeader")) {
                headers.put((String) args[0], (String) args[1]);
            } else if (name.equals("getOutputStream")) {
                return new BodyOutput();
            }
            return null;
        });
    }

    private static final class BodyOutput extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int octet) {}
    }
}
