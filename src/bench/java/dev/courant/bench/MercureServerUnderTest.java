package dev.courant.bench;

/**
 * A server whose topics are followed with the Mercure protocol and published to at {@code /sse}.
 *
 * @param subject the server, which this object does not close
 */
record MercureServerUnderTest(ServerUnderTest subject) implements ServerUnderTest {

    @Override
    public String name() {
        return subject.name();
    }

    @Override
    public int port() {
        return subject.port();
    }

    @Override
    public String streamPath(String topic) {
        return subject.streamPath("").replace("/sse/", "/.well-known/mercure?match=") + topic;
    }

    @Override
    public String publishPath(String topic) {
        return subject.publishPath(topic);
    }

    @Override
    public long pid() {
        return subject.pid();
    }

    @Override
    public String describeProblems() {
        return subject.describeProblems();
    }

    @Override
    public long peakHeapMb() {
        return subject.peakHeapMb();
    }

    @Override
    public void close() {}
}
