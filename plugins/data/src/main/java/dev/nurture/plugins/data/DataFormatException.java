package dev.nurture.plugins.data;

import java.io.IOException;

/** A data file does not hold what its format demands; the message names the file, the place and what would be right. */
public final class DataFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private DataFormatException(String message) {
        super(message);
    }

    /** Returns the exception for a byte of a binary file. */
    static DataFormatException atByte(String file, long offset, String problem) {
        return new DataFormatException(file + ": byte " + offset + ": " + problem);
    }

    /** Returns the exception for a line of a text file, counted from 1. */
    static DataFormatException atLine(String file, long line, String problem) {
        return new DataFormatException(file + ": line " + line + ": " + problem);
    }

    /** Returns the exception for a cell of a table, line and column counted from 1. */
    static DataFormatException atCell(String file, long line, String column, String problem) {
        return new DataFormatException(file + ": line " + line + ", column " + column + ": " + problem);
    }
}
