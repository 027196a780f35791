/**
 * Files of JSON objects, read strictly: whatever is wrong is an error with file, line and key.
 * Benchmarks and models' generations come in them.
 */
package org.seedwright.evaluate.rows;
