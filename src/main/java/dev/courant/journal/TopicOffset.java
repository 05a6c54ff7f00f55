package dev.courant.journal;

import courant.shaded.h2.mvstore.DataUtils;
import courant.shaded.h2.mvstore.WriteBuffer;
import courant.shaded.h2.mvstore.type.BasicDataType;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * Where an event stands among those of a topic: the key of the index that a topic is read by.
 *
 * @param topic its number, as long as something is kept of it
 */
record TopicOffset(long topic, long offset) implements Comparable<TopicOffset> {

    private static final Comparator<TopicOffset> ORDER =
            Comparator.comparingLong(TopicOffset::topic).thenComparingLong(TopicOffset::offset);

    @Override
    public int compareTo(TopicOffset other) {
        return ORDER.compare(this, other);
    }

    /** How a place is stored. */
    static final class Type extends BasicDataType<TopicOffset> {

        private static final int BYTES = 32; // of memory, about

        @Override
        public int getMemory(TopicOffset place) {
            return BYTES;
        }

        @Override
        public int compare(TopicOffset one, TopicOffset other) {
            return one.compareTo(other);
        }

        @Override
        public void write(WriteBuffer out, TopicOffset place) {
            out.putVarLong(place.topic).putVarLong(place.offset);
        }

        @Override
        public TopicOffset read(ByteBuffer in) {
            return new TopicOffset(DataUtils.readVarLong(in), DataUtils.readVarLong(in));
        }

        @Override
        public TopicOffset[] createStorage(int size) {
            return new TopicOffset[size];
        }
    }
}
