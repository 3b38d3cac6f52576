package dev.nurture.plugins.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads comma-separated values (RFC 4180) record by record, in UTF-8.
 *
 * <p>Fields may be quoted, then {@code ""} stands for a quote and line ends belong to the field. Lines end in LF or CRLF;
 * a byte order mark in front and empty lines at the very end are passed over, an empty line between records is an error.
 * Blanks around an unquoted field do not belong to it. A record stays valid until the next is read.
 */
final class CsvReader {
    private static final int LONGEST_RECORD = 1 << 26;
    private static final int LONGEST_SHOWN = 40;
    private static final int END = -1;

    private final String name;
    private final InputStream in;
    private final int delimiter;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int limit;

    private byte[] record = new byte[1 << 12];
    private int length;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int fields;
    private long line = 1;
    private long recordLine;
    private String[] columns = {};

    /**
     * Starts at the first record.
     *
     * @param name of the file, for messages
     * @param delimiter an ASCII character that is no quote, line end, letter, digit, sign or point
     */
    CsvReader(String name, InputStream in, char delimiter) throws IOException {
        this.name = name;
        this.in = in;
        this.delimiter = delimiter;
        if (peek() == 0xEF) {
            if (take() != 0xEF || take() != 0xBB || take() != 0xBF) {
                throw DataFormatException.atLine(name, 1, "the file does not begin in UTF-8");
            }
        }
    }

    /** Names the columns, for messages. */
    void columns(String... columns) {
        this.columns = columns;
    }

    /** Reads the next record; false at the end of the file. */
    boolean next() throws IOException {
        long emptyLine = 0;
        while (emptyLine() && peek() != END) {
            emptyLine = emptyLine == 0 ? line : emptyLine;
            endOfLine();
        }
        if (peek() == END) {
            return false;
        }
        if (emptyLine != 0) {
            throw DataFormatException.atLine(name, emptyLine, "the line is empty, but records follow");
        }
        length = 0;
        fields = 0;
        recordLine = line;
        do {
            field();
        } while (delimiter());
        endOfLine();
        return true;
    }

    private boolean emptyLine() throws IOException {
        int character = peek();
        return character == '\n' || character == '\r';
    }

    private boolean delimiter() throws IOException {
        if (peek() != delimiter) {
            return false;
        }
        next++;
        return true;
    }

    private void endOfLine() throws IOException {
        int character = take();
        if (character == '\r') {
            character = take();
            if (character != '\n') {
                throw here("a carriage return without a line feed; lines end in LF or CRLF");
            }
        }
        line += character == '\n' ? 1 : 0;
    }

    private void field() throws IOException {
        while (blank(peek())) {
            next++;
        }
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, 2 * fields);
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        starts[fields] = length;
        if (peek() == '"') {
            quoted();
            ends[fields] = length;
        } else {
            unquoted();
            int end = length;
            while (end > starts[fields] && blank(record[end - 1])) {
                end--;
            }
            ends[fields] = end;
        }
        fields++;
    }

    private void unquoted() throws IOException {
        int character = peek();
        while (character != delimiter && character != '\n' && character != '\r' && character != END) {
            if (character == '"') {
                throw here("field " + (fields + 1)
                        + " has a quote inside; a field with quotes is quoted, and its quotes are doubled");
            }
            append(character);
            next++;
            character = peek();
        }
    }

    private void quoted() throws IOException {
        long openedAt = line;
        next++;
        while (true) {
            int character = take();
            if (character == END) {
                throw DataFormatException.atLine(
                        name, openedAt, "the quote of field " + (fields + 1) + " never closes");
            }
            if (character == '"') {
                if (peek() != '"') {
                    break;
                }
                next++;
            }
            line += character == '\n' ? 1 : 0;
            append(character);
        }
        while (blank(peek())) {
            next++;
        }
        int after = peek();
        if (after != delimiter && after != '\n' && after != '\r' && after != END) {
            throw here("field " + (fields + 1) + " goes on after its closing quote");
        }
    }

    private boolean blank(int character) {
        return (character == ' ' || character == '\t') && character != delimiter;
    }

    private void append(int character) throws DataFormatException {
        if (length == record.length) {
            if (length >= LONGEST_RECORD) {
                throw DataFormatException.atLine(
                        name, recordLine, "the record is longer than " + LONGEST_RECORD + " bytes");
            }
            record = Arrays.copyOf(record, 2 * length);
        }
        record[length++] = (byte) character;
    }

    private int peek() throws IOException {
        if (next == limit) {
            next = 0;
            limit = Math.max(0, in.read(buffer));
            if (limit == 0) {
                return END;
            }
        }
        return buffer[next] & 0xFF;
    }

    private int take() throws IOException {
        int character = peek();
        next += character == END ? 0 : 1;
        return character;
    }

    int fields() {
        return fields;
    }

    boolean isEmpty(int field) {
        return starts[field] == ends[field];
    }

    /** Tells whether a field reads as a number, even as one too large. */
    boolean isNumber(int field) {
        return !Double.isNaN(Decimal.parse(record, starts[field], ends[field]));
    }

    /** Returns a field as a number that is finite as a float. */
    float number(int field) throws DataFormatException {
        double value = Decimal.parse(record, starts[field], ends[field]);
        float rounded = (float) value;
        if (!Float.isFinite(rounded)) {
            throw cell(
                    field,
                    isEmpty(field)
                            ? "the cell is empty; a number must stand here"
                            : shown(field)
                                    + (Double.isNaN(value)
                                            ? " is not a finite number"
                                            : " is too large; numbers lie within ±3.4028235e38"));
        }
        return rounded;
    }

    /** Returns a field as text. */
    String text(int field) throws DataFormatException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(record, starts[field], ends[field] - starts[field]))
                    .toString();
        } catch (CharacterCodingException e) {
            throw cell(field, "the text is not UTF-8");
        }
    }

    private String shown(int field) throws DataFormatException {
        String text = text(field);
        return "'" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text) + "'";
    }

    /** Returns the exception for the record, with the line on which it begins. */
    DataFormatException problem(String sentence) {
        return DataFormatException.atLine(name, recordLine, sentence);
    }

    /** Returns the exception for the line that reading has come to. */
    private DataFormatException here(String sentence) {
        return DataFormatException.atLine(name, line, sentence);
    }

    /** Returns the exception for a field of the record. */
    DataFormatException cell(int field, String sentence) {
        String column = (field + 1) + (field < columns.length ? " '" + columns[field] + "'" : "");
        return DataFormatException.atCell(name, recordLine, column, sentence);
    }
}
