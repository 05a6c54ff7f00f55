package dev.courant.it.input;

import dev.courant.it.input.BadRequests.Request;
import dev.courant.support.RawConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that sends bad requests, several at a time, and checks each response. Not thread-safe. */
final class BadRequestClient {

    private static final int MAX_FAULTS = 5;

    private final URI server;
    private final int pipelined;
    private final BadRequests requests;
    private final Map<String, Integer> statuses = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Deque<Request> pending = new ArrayDeque<>();
    private String last = "";
    private @Nullable RawConnection connection;

    /** @param pipelined the number of requests to send before reading a response */
    BadRequestClient(URI server, BadRequests requests, int pipelined) {
        this.pipelined = pipelined;
        this.server = server;
        this.requests = requests;
    }

    /** Sends {@code count} requests, and returns the number of responses by kind. */
    Map<String, Integer> send(int count, Runnable everyHundred) throws IOException {
        for (int sent = 0; sent < count; sent++) {
            if (sent % 100 == 0) {
                everyHundred.run();
            }
            Request request = requests.next();
            if (request.alone()) {
                sendAlone(request);
            } else {
                pending.add(request);
            }
            if (pending.size() == pipelined || sent == count - 1) {
                while (!pending.isEmpty()) {
                    sendPipelined();
                }
            }
        }
        if (connection != null) {
            connection.close();
        }
        return statuses;
    }

    /** Returns the first responses that are not permitted, with their requests. */
    List<String> faults() {
        return faults;
    }

    /** Sends the pending requests until the server closes the connection. The next call sends the remaining ones. */
    private void sendPipelined() throws IOException {
        if (connection == null) {
            connection = new RawConnection(server);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Request request : pending) {
            all.write(request.bytes());
        }
        RawConnection open = connection;
        boolean fresh = true;
        boolean isLast = false;
        try {
            open.send(all.toByteArray());
            while (!pending.isEmpty()) {
                RawConnection.RawResponse response = open.read(pending.element().isHead());
                if (response == null) {
                    break;
                }
                fresh = false;
                record(pending.remove(), response);
                isLast = response.isLast();
                if (isLast) {
                    break;
                }
            }
        } catch (SocketException reset) {
            // The server closed the connection while requests were in flight.
        } catch (ProtocolException garbled) {
            addFault(pending.remove().text() + "\n\n" + garbled.getMessage() + "\n\nafter\n" + last);
        }
        if (fresh) {
            count("no response");
            pending.remove();
        }
        if (isLast || !pending.isEmpty()) {
            open.close();
            connection = null;
        }
    }

    private void sendAlone(Request request) throws IOException {
        try (RawConnection alone = new RawConnection(server)) {
            alone.send(request.bytes());
            alone.endRequests();
            RawConnection.RawResponse response = alone.read(request.isHead());
            if (response == null) {
                count("no response");
            } else {
                record(request, response);
            }
        } catch (SocketException reset) {
            count("reset");
        } catch (ProtocolException garbled) {
            addFault(request.text() + "\n\n" + garbled.getMessage());
        }
    }

    private void record(Request request, RawConnection.RawResponse response) {
        String fault = PermittedResponses.findFault(request.text(), response);
        last = request.text() + "\n\n" + response;
        if (fault != null) {
            addFault(fault + "\n" + last);
        }
        count(PermittedResponses.classify(response));
    }

    private void addFault(String fault) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(fault);
        }
    }

    private void count(String kind) {
        statuses.merge(kind, 1, Integer::sum);
    }
}
