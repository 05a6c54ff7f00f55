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

/** One client that sends bad requests, several at a time, and looks at what each is answered. */
final class BadRequestClient {

    private static final int MOST_FAULTS = 5;

    private final URI server;
    private final int atOnce;
    private final BadRequests requests;
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Deque<Request> unanswered = new ArrayDeque<>();
    private String last = "";
    private @Nullable RawConnection connection;

    /** @param atOnce how many requests are sent before an answer is read */
    BadRequestClient(URI server, BadRequests requests, int atOnce) {
        this.atOnce = atOnce;
        this.server = server;
        this.requests = requests;
    }

    /** Sends so many, and counts the answers by their kinds. */
    Map<String, Integer> send(int count, Runnable everyHundred) throws IOException {
        for (int sent = 0; sent < count; sent++) {
            if (sent % 100 == 0) {
                everyHundred.run();
            }
            Request request = requests.next();
            if (request.alone()) {
                sendAlone(request);
            } else {
                unanswered.add(request);
            }
            if (unanswered.size() == atOnce || sent == count - 1) {
                while (!unanswered.isEmpty()) {
                    sendTogether();
                }
            }
        }
        if (connection != null) {
            connection.close();
        }
        return answers;
    }

    /** Some of the answers that should not have been given, each with its request. */
    List<String> faults() {
        return faults;
    }

    /** Until one is answered behind which the server serves no other; the others are sent again. */
    private void sendTogether() throws IOException {
        if (connection == null) {
            connection = new RawConnection(server);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Request request : unanswered) {
            all.write(request.bytes());
        }
        RawConnection open = connection;
        boolean fresh = true;
        boolean over = false;
        try {
            open.send(all.toByteArray());
            while (!unanswered.isEmpty()) {
                RawConnection.RawResponse answer =
                        open.read(unanswered.element().isHead());
                if (answer == null) {
                    break;
                }
                fresh = false;
                note(unanswered.remove(), answer);
                over = answer.isLast();
                if (over) {
                    break;
                }
            }
        } catch (SocketException reset) {
            // Closed while more of this was on its way.
        } catch (ProtocolException garbled) {
            fault(unanswered.remove().text() + "\n\n" + garbled.getMessage() + "\n\nand before it\n" + last);
        }
        if (fresh) {
            count("no answer");
            unanswered.remove();
        }
        if (over || !unanswered.isEmpty()) {
            open.close();
            connection = null;
        }
    }

    private void sendAlone(Request request) throws IOException {
        try (RawConnection alone = new RawConnection(server)) {
            alone.send(request.bytes());
            alone.endRequests();
            RawConnection.RawResponse answer = alone.read(request.isHead());
            if (answer == null) {
                count("no answer");
            } else {
                note(request, answer);
            }
        } catch (SocketException reset) {
            count("reset");
        } catch (ProtocolException garbled) {
            fault(request.text() + "\n\n" + garbled.getMessage());
        }
    }

    private void note(Request request, RawConnection.RawResponse answer) {
        String fault = PermittedAnswers.fault(request.text(), answer);
        last = request.text() + "\n\n" + answer;
        if (fault != null) {
            fault(fault + "\n" + last);
        }
        count(PermittedAnswers.kind(answer));
    }

    private void fault(String fault) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(fault);
        }
    }

    private void count(String kind) {
        answers.merge(kind, 1, Integer::sum);
    }
}
