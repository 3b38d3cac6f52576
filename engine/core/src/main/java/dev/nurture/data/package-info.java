/**
 * Brings the files of public data sets onto this machine: from where the public has them, or from a folder or address
 * that the user names. A file has its final name only after its length and SHA-256 were found right.
 */
package dev.nurture.data;
