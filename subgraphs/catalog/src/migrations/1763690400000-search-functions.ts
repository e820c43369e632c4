import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How text becomes searchable. The tables' generated columns call these, so they come first. */
export class SearchFunctions1763690400000 implements MigrationInterface {
  name = 'SearchFunctions1763690400000';

  async up(runner: QueryRunner): Promise<void> {
    // unaccent() is only STABLE, as its dictionary could be replaced; ours is not, so that indexes may rest on it.
    // A chain of replace() costs a tenth of translate() or a regular expression on UTF-8. The parser would read
    // `a/b` as a file, `a.b` as a host, `3-5` as signed numbers: their marks become spaces.
    await runner.query(`
      CREATE FUNCTION search_plain(text text) RETURNS text
      LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      BEGIN
        RETURN btrim(replace(replace(replace(replace(replace(replace(replace(replace(replace(
          lower(extensions.unaccent('extensions.unaccent'::regdictionary, text)),
          '/', ' '), '-', ' '), '.', ' '), '_', ' '), '@', ' '), '''', ' '), '"', ' '), '+', ' '), '<<', ' '));
      END $$`);
    await runner.query(`
      CREATE FUNCTION search_code(text text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN '#' || replace(replace(lower(left(text, 200)), ' ', ''), '-', '')`);
    // The russian configuration stems words of ASCII letters as English. Weights: name A, brand and
    // categories B, the description's beginning D: whole descriptions would make half of the cost of a sync.
    await runner.query(`
      CREATE FUNCTION search_document(
        sku text, barcode text, name text, brand text, category_names text, description text
      ) RETURNS tsvector
      LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
      BEGIN
        RETURN array_to_tsvector(CASE WHEN barcode IS NULL OR barcode = sku
            THEN ARRAY[catalog.search_code(sku)] ELSE ARRAY[catalog.search_code(sku), catalog.search_code(barcode)] END)
          || setweight(to_tsvector('pg_catalog.russian', catalog.search_plain(name)), 'A')
          || CASE WHEN brand IS NULL AND category_names = '' THEN '' ELSE setweight(
               to_tsvector('pg_catalog.russian', catalog.search_plain(concat_ws(' ', brand, category_names))), 'B') END
          || CASE WHEN description IS NULL THEN '' ELSE
               to_tsvector('pg_catalog.russian', catalog.search_plain(left(description, 300))) END;
      END $$`);
    // One Latin spelling for a word, whatever its script and scheme: щ, shch, sch are sh; х, kh are h; ы, й, y, j are i.
    await runner.query(`
      CREATE FUNCTION search_spelling(word text) RETURNS text
      LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      DECLARE latin text := translate(word,
        'абвгдезийклмнопрстуфхыэіїєґўәғқңөұүһёъь''',
        'abvgdeziiklmnoprstufhieiieguagknouuhe');
      BEGIN
        latin := replace(replace(replace(replace(latin, 'ж', 'zh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh');
        latin := replace(replace(replace(latin, 'щ', 'sh'), 'ю', 'iu'), 'я', 'ia');
        latin := replace(replace(replace(replace(latin, 'shch', 'sh'), 'sch', 'sh'), 'sz', 'sh'), 'kh', 'h');
        latin := replace(replace(replace(replace(latin, 'tch', 'ch'), 'cz', 'ch'), 'ph', 'f'), 'ck', 'k');
        latin := replace(replace(replace(latin, 'ye', 'e'), 'x', 'ks'), 'ch', 'ĉ');
        latin := replace(replace(replace(latin, 'ce', 'tse'), 'ci', 'tsi'), 'cy', 'tsi');
        latin := replace(translate(latin, 'cyjwq', 'kiivk'), 'ĉ', 'ch');
        RETURN regexp_replace(latin, '([a-z])\\1+', '\\1', 'g');
      END $$`);
    // Vowels at the end go, since schemes and cases differ there most.
    await runner.query(`
      CREATE FUNCTION search_sound(word text) RETURNS text
      LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      DECLARE spelling text := catalog.search_spelling(word);
      BEGIN
        RETURN CASE WHEN length(rtrim(spelling, 'aeiou')) >= 3 THEN rtrim(spelling, 'aeiou') ELSE spelling END;
      END $$`);
    // A lexeme as tsquery's input has it.
    await runner.query(`
      CREATE FUNCTION search_quote(lexeme text) RETURNS text
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''''`);
    // Each word becomes an alternative of: the stems of its spellings, the catalogue's words that sound like one of them,
    // for a word being typed the words that begin like it, and, where no known word came of it and errors are forgiven,
    // the known words nearest to it. A word that leaves nothing (a preposition) is passed over.
    await runner.query(`
      CREATE FUNCTION search_query(words jsonb, code text, typing boolean, forgiving boolean) RETURNS tsquery
      LANGUAGE plpgsql STABLE PARALLEL SAFE SET pg_trgm.similarity_threshold = 0.25 AS $$
      DECLARE
        spellings text[]; literal text[]; stems text[]; sounds text[]; known text[]; options text[];
        parts text[] := '{}'; nth integer := 0; spelling text; typed text;
      BEGIN
        FOR spellings, literal IN
          SELECT ARRAY(SELECT jsonb_array_elements_text(w -> 'sounding')),
            ARRAY(SELECT jsonb_array_elements_text(w -> 'literal'))
          FROM jsonb_array_elements(words) AS w
        LOOP
          nth := nth + 1; options := '{}'; sounds := '{}';
          FOREACH spelling IN ARRAY spellings || literal LOOP
            stems := tsvector_to_array(to_tsvector('pg_catalog.russian', catalog.search_plain(spelling)));
            CONTINUE WHEN cardinality(stems) = 0;
            options := options || array_to_string(ARRAY(SELECT catalog.search_quote(s) FROM unnest(stems) AS s), ' & ');
            IF cardinality(stems) = 1 AND spelling = ANY (spellings) THEN
              sounds := sounds || nullif(catalog.search_sound(stems[1]), '');
            END IF;
          END LOOP;
          known := ARRAY(SELECT w.word FROM catalog.search_words w WHERE w.sound = ANY (sounds) LIMIT 30);
          IF typing AND nth = jsonb_array_length(words) AND length(spellings[1]) >= 2 THEN
            typed := catalog.search_plain(spellings[1]);
            options := options || (catalog.search_quote(typed) || ':*');
            known := known || ARRAY(
              SELECT w.word FROM catalog.search_words w
              WHERE length(catalog.search_spelling(typed)) >= 2 AND w.sound ^@ catalog.search_spelling(typed)
              ORDER BY length(w.word), w.word LIMIT 20);
          END IF;
          IF forgiving AND cardinality(known) = 0 AND sounds[1] ~ '^[^0-9]{3,}$' THEN
            -- Those much further from it than the nearest are other words, not other errors.
            known := ARRAY(
              SELECT near.word FROM (
                SELECT met.word, met.nearness, max(met.nearness) OVER () AS nearest FROM (
                  SELECT w.word, extensions.similarity(w.skeleton, translate(sounds[1], 'eiou', 'aaaa'))
                    + extensions.similarity(w.sound, sounds[1]) AS nearness
                  FROM catalog.search_words w
                  WHERE w.skeleton OPERATOR(extensions.%) translate(sounds[1], 'eiou', 'aaaa')
                ) AS met ORDER BY met.nearness DESC, met.word LIMIT 5
              ) AS near WHERE near.nearness >= 0.6 * near.nearest);
          END IF;
          options := options || ARRAY(SELECT DISTINCT catalog.search_quote(k) FROM unnest(known) AS k);
          IF cardinality(options) > 0 THEN parts := parts || ('(' || array_to_string(options, ' | ') || ')'); END IF;
        END LOOP;
        RETURN nullif(concat_ws(' | ',
          CASE WHEN cardinality(parts) > 0 THEN '(' || array_to_string(parts, ' & ') || ')' END,
          CASE WHEN code IS NOT NULL THEN catalog.search_quote(catalog.search_code(code)) END), '')::tsquery;
      END $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations run forward only: write a new one.');
  }
}
