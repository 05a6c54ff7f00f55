package dev.courant.it.server;

import dev.courant.it.journal.PublishLoop;
import dev.courant.support.HttpEventStream;
import dev.courant.support.StalledClient;
import java.net.URI;
import java.util.List;

/**
 * What a server has to let go of when it stops: one who reads the numbers, one who does not read, one who publishes as
 * fast as it can and one who follows that.
 */
public final class OpenClients implements AutoCloseable {

    private final HttpEventStream numbers;
    private final StalledClient unread;
    private final HttpEventStream follower;
    private final PublishLoop publisher;

    /** Answers once all of them are in the midst of it. */
    public OpenClients(URI base) throws Exception {
        numbers = new HttpEventStream(base.resolve("sse"));
        unread = new StalledClient(base.resolve("sse/test/unread"));
        follower = new HttpEventStream(base.resolve("sse/test/followed"));
        follower.next("retry");
        publisher = new PublishLoop(base.resolve("sse/test/followed"));
        publisher.awaitFirst();
        numbers.next("data");
    }

    /** Fails unless those who read were told the end, after all that was acknowledged. */
    public void awaitEnd() throws InterruptedException {
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
