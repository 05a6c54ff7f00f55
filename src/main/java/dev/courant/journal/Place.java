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
record Place(long topic, long offset) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::topic).thenComparingLong(Place::offset);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** How a place is stored. */
    static final class Type extends BasicDataType<Place> {

        private static final int BYTES = 32; // of memory, about

        @Override
        public int getMemory(Place place) {
            return BYTES;
        }

        @Override
        public int compare(Place one, Place other) {
            return one.compareTo(other);
        }

        @Override
        public void write(WriteBuffer out, Place place) {
            out.putVarLong(place.topic).putVarLong(place.offset);
        }

        @Override
        public Place read(ByteBuffer in) {
            return new Place(DataUtils.readVarLong(in), DataUtils.readVarLong(in));
        }

        @Override
        public Place[] createStorage(int size) {
            return new Place[size];
        }
    }
}
