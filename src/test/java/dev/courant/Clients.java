package dev.courant;

import java.net.URI;
import java.util.List;

/**
 * What a server has to let go of when it stops: one who reads the numbers, one who does not read, one who publishes as
 * fast as it can and one who follows that.
 */
final class Clients implements AutoCloseable {

    private final EventStream numbers;
    private final UnreadStream unread;
    private final EventStream follower;
    private final Publisher publisher;

    /** Answers once all of them are in the midst of it. */
    Clients(URI base) throws Exception {
        numbers = new EventStream(base.resolve("sse"));
        unread = new UnreadStream(base.resolve("sse/test/unread"));
        follower = new EventStream(base.resolve("sse/test/followed"));
        follower.next("retry");
        publisher = new Publisher(base.resolve("sse/test/followed"));
        publisher.awaitFirst();
        numbers.next("data");
    }

    /** Fails unless those who read were told the end, after all that was acknowledged. */
    void awaitEnd() throws InterruptedException {
        numbers.rest();
        List<String> stored = publisher.stored();
        List<String> received = follower.rest();
        // One more may have been stored whose publisher was not answered any more.
        if (received.size() < stored.size()
                || !received.subList(0, stored.size()).equals(stored)) {
            throw new AssertionError(stored.size() + " events were acknowledged, " + received.size() + " received");
        }
    }

    @Override
    public void close() throws Exception {
        numbers.close();
        follower.close();
        unread.close();
    }
}
