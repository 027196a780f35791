package org.seedwright.analysis;

/**
 * Rows whose column has this value, compared as text: {@code round} 2 is {@code "2"}.
 *
 * @param column name of the column
 * @param value the value as text
 */
public record Where(String column, String value) {}
