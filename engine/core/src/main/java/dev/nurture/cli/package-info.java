/** The command line: what a user types, and what a user sees. */
package dev.nurture.cli;
