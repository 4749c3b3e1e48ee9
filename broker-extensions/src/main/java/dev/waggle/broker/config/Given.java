package dev.waggle.broker.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A value somebody gave.
 *
 * @param words one, or several of a list
 * @param origin where: a file, a variable, a flag
 * @param base what a relative path is relative to
 */
record Given(List<String> words, String origin, Path base) {}
