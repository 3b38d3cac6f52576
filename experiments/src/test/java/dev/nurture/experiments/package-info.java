/**
 * The distribution as its users meet it: a process for each command, judged by exit status, output and files; and, in
 * this process, networks of the shipped plugins judged by their gradients.
 */
package dev.nurture.experiments;
