package dev.waggle.push.text;

/** The forms in which a language counts, as far as the languages of our texts have them (CLDR, whole numbers). */
enum Plural {
    ONE("one"),
    TWO("two"),
    FEW("few"),
    MANY("many"),
    OTHER("other");

    private final String code;

    Plural(String code) {
        this.code = code;
    }

    /** As it ends the name of a text. */
    String code() {
        return code;
    }

    /**
     * The form for a number.
     *
     * @param language two letters
     * @param count at least 1
     */
    static Plural of(String language, int count) {
        if (count == 1) {
            return ONE;
        }
        if (!language.equals("ar")) {
            return OTHER;
        }
        int hundredth = count % 100;
        if (count == 2) {
            return TWO;
        }
        return hundredth < 3 ? OTHER : hundredth <= 10 ? FEW : MANY;
    }
}
