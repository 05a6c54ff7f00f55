package dev.courant.bench;

/**
 * The same server, followed by the Mercure protocol. It is published to at the other door: it is one hub.
 *
 * @param subject is not closed with this
 */
record MercureDoor(Subject subject) implements Subject {

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
    public String trouble() {
        return subject.trouble();
    }

    @Override
    public long peakHeapMb() {
        return subject.peakHeapMb();
    }

    @Override
    public void close() {}
}
