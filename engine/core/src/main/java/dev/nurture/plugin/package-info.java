/**
 * Finds plugin jars, refuses those that are broken, built for another SPI or not in the lock, loads each of the others in
 * a class loader of its own, and answers for the parts by kind and name.
 */
package dev.nurture.plugin;
