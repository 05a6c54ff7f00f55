package dev.courant.journal;

import courant.shaded.h2.mvstore.DataUtils;
import courant.shaded.h2.mvstore.WriteBuffer;
import courant.shaded.h2.mvstore.type.BasicDataType;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** How a few numbers are stored, none of them negative. */
final class NumberCodec extends BasicDataType<long[]> {

    @Override
    public int getMemory(long[] numbers) {
        return (numbers.length + 2) * Long.BYTES;
    }

    @Override
    public int compare(long[] one, long[] other) {
        return Arrays.compare(one, other);
    }

    @Override
    public void write(WriteBuffer out, long[] numbers) {
        out.putVarInt(numbers.length);
        for (long number : numbers) {
            out.putVarLong(number);
        }
    }

    @Override
    public long[] read(ByteBuffer in) {
        long[] numbers = new long[DataUtils.readVarInt(in)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = DataUtils.readVarLong(in);
        }
        return numbers;
    }

    @Override
    public long[][] createStorage(int size) {
        return new long[size][];
    }
}
