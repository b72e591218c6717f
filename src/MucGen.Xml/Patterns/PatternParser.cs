using System;
using System.Collections.Generic;

namespace MucGen.Xml;

/// <summary>Reads a pattern to its parts. There are no anchors in it: a pattern always matches the whole text.</summary>
internal sealed class PatternParser(string pattern)
{
    private const int DeepestNesting = 64;

    private int position;
    private int depth;

    /// <summary>Reads the whole pattern.</summary>
    /// <exception cref="FormatException">It is no pattern, or has a part that is not supported.</exception>
    public PatternNode Parse()
    {
        var node = ParseChoice();
        return position == pattern.Length ? node : throw Wrong("a ')' closes nothing");
    }

    private PatternNode ParseChoice()
    {
        if (++depth > DeepestNesting)
            throw Wrong("the pattern is nested too deep");
        var branches = new List<PatternNode> { ParseBranch() };
        while (TryTake('|'))
            branches.Add(ParseBranch());
        depth--;
        return branches.Count == 1 ? branches[0] : new PatternNode(PatternNodeKind.Choice, null, branches);
    }

    private PatternNode ParseBranch()
    {
        var pieces = new List<PatternNode>();
        while (position < pattern.Length && pattern[position] is not ('|' or ')'))
            pieces.Add(ParseQuantifier(ParseAtom()));
        return pieces.Count == 1 ? pieces[0] : new PatternNode(PatternNodeKind.Sequence, null, pieces);
    }

    private PatternNode ParseAtom()
    {
        if (TryTake('('))
        {
            var inner = ParseChoice();
            return TryTake(')') ? inner : throw Wrong("a '(' is not closed");
        }
        if (TryTake('['))
            return Of(ParseClass());
        if (TryTake('\\'))
            return Of(ParseEscape());
        if (TryTake('.'))
        {
            var all = PatternSet.Of(('\n', '\n'), ('\r', '\r'));
            all.IsNegated = true;
            return Of(all);
        }
        if (IsSpecial(pattern[position]))
            throw Wrong($"'{pattern[position]}' does not belong here; write it as '\\{pattern[position]}'");
        var character = TakeCharacter();
        return Of(PatternSet.Of((character, character)));
    }

    private PatternNode ParseQuantifier(PatternNode atom)
    {
        if (TryTake('?'))
            return Repeat(atom, 0, 1);
        if (TryTake('*'))
            return Repeat(atom, 0, PatternNode.Unbounded);
        if (TryTake('+'))
            return Repeat(atom, 1, PatternNode.Unbounded);
        if (!TryTake('{'))
            return atom;
        var least = TakeNumber();
        var most = !TryTake(',') ? least : position < pattern.Length && pattern[position] == '}' ? PatternNode.Unbounded : TakeNumber();
        if (!TryTake('}') || most < least)
            throw Wrong("a repetition is {n}, {n,} or {n,m}");
        return Repeat(atom, least, most);
    }

    /// <summary>What is between brackets: characters, ranges, classes; turned around by a '^', less what stands in brackets behind a '-'.</summary>
    private PatternSet ParseClass()
    {
        var set = new PatternSet { IsNegated = TryTake('^') };
        var isEmpty = true;
        while (true)
        {
            if (position == pattern.Length)
                throw Wrong("a '[' is not closed");
            if (!isEmpty && TryTake(']'))
                return set;
            if (!isEmpty && pattern[position] == '-' && Ahead(1) == '[')
            {
                position += 2;
                set.Except = ParseClass();
                return TryTake(']') ? set : throw Wrong("nothing follows what is taken away from a class");
            }
            ParseRange(set);
            isEmpty = false;
        }
    }

    private void ParseRange(PatternSet set)
    {
        if (pattern[position] == '\\' && ParseClassEscape() is { } inner)
        {
            set.Add(inner);
            return;
        }
        var first = TakeClassCharacter();
        if (position >= pattern.Length || pattern[position] != '-' || Ahead(1) is ']' or '[')
        {
            set.Add(first, first);
            return;
        }
        position++;
        if (position == pattern.Length)
            throw Wrong("a '[' is not closed");
        var last = TakeClassCharacter();
        if (last < first)
            throw Wrong("a range ends before it begins");
        set.Add(first, last);
    }

    private int TakeClassCharacter()
    {
        if (TryTake('\\'))
            return TakeEscaped();
        if (pattern[position] is '[' or ']')
            throw Wrong($"'{pattern[position]}' does not belong here; write it as '\\{pattern[position]}'");
        return TakeCharacter();
    }

    /// <summary>A class behind the backslash at the position; null, and nothing taken, when it is an escaped character.</summary>
    private PatternSet? ParseClassEscape()
    {
        var letter = Ahead(1);
        if (letter is 'p' or 'P')
        {
            position += 2;
            return ParseCategory(letter == 'P');
        }
        var known = PatternClasses.Of(letter);
        if (known is not null)
            position += 2;
        return known;
    }

    /// <summary>What follows a backslash outside of brackets.</summary>
    private PatternSet ParseEscape()
    {
        position--;
        if (ParseClassEscape() is { } known)
            return known;
        position++;
        var character = TakeEscaped();
        return PatternSet.Of((character, character));
    }

    private PatternSet ParseCategory(bool isNegated)
    {
        var end = pattern.IndexOf('}', position);
        if (!TryTake('{') || end < 0)
            throw Wrong("a category is written as '\\p{Lu}'");
        var name = pattern.Substring(position, end - position);
        position = end + 1;
        var set = PatternClasses.Category(name) ?? throw Wrong($"'{name}' is no category of Unicode; blocks are not supported, write a range of characters");
        set.IsNegated = isNegated;
        return set;
    }

    private int TakeEscaped()
    {
        if (position == pattern.Length)
            throw Wrong("a backslash ends the pattern");
        var character = pattern[position++];
        return character switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '-' or '^' => character,
            _ => IsSpecial(character) ? character : throw Wrong($"'\\{character}' means nothing"),
        };
    }

    private int TakeCharacter()
    {
        var character = char.ConvertToUtf32(pattern, position);
        position += character > char.MaxValue ? 2 : 1;
        return character;
    }

    private int TakeNumber()
    {
        var start = position;
        var number = 0;
        while (position < pattern.Length && pattern[position] is >= '0' and <= '9' && number <= PatternProgram.MostSteps)
            number = (number * 10) + (pattern[position++] - '0');
        return position > start && number <= PatternProgram.MostSteps ? number : throw Wrong($"a repetition is counted in numbers up to {PatternProgram.MostSteps}");
    }

    private bool TryTake(char character)
    {
        if (position == pattern.Length || pattern[position] != character)
            return false;
        position++;
        return true;
    }

    private char Ahead(int count) => position + count < pattern.Length ? pattern[position + count] : '\0';

    private static bool IsSpecial(char character) => character is '.' or '\\' or '?' or '*' or '+' or '{' or '}' or '(' or ')' or '[' or ']' or '|';

    private static PatternNode Of(PatternSet set) => new(PatternNodeKind.Set, set, []);

    private static PatternNode Repeat(PatternNode atom, int least, int most) => new(PatternNodeKind.Repeat, null, [atom], least, most);

    private FormatException Wrong(string reason) => new($"'{pattern}' is no pattern: {reason}");
}
