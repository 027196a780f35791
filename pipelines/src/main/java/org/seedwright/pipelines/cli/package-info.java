/** The command line: parses, calls and prints. */
package org.seedwright.pipelines.cli;
