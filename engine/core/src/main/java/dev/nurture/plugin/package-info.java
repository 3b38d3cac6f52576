/** Finds plugin jars, loads each in a class loader of its own, and answers for the parts by kind and name. */
package dev.nurture.plugin;
