using System.Buffers.Text;
using System.Text;

namespace MucGen.Xml;

/// <summary>Points in time as XEP-0082 section 3.2 writes them: <c>CCYY-MM-DDThh:mm:ss[.sss]TZD</c>.</summary>
[Specification("XEP-0082", "1.1.1")]
public static class Instants
{
    /// <summary>Bytes that <see cref="Format"/> writes at most.</summary>
    internal const int LongestLength = 33; // the round-trip form that it is cut from

    private const int TicksDigits = 7;

    /// <summary>Reads an instant; finer parts than the clock has are cut off.</summary>
    /// <returns>Whether it is one.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return false;
        if (!TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)
            || !TryDigits(text[11..13], out var hour) || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second))
            return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        var rest = text[19..];
        if (!TryTakeFraction(ref rest, out var ticks) || !TryReadOffset(rest, out var offset)) return false;

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks + ticks;
        var utc = local - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks) return false;
        value = new DateTimeOffset(local, offset);
        return true;
    }

    /// <summary>Writes UTC with milliseconds when there are any; finer parts are cut off.</summary>
    internal static int Format(DateTimeOffset value, Span<byte> destination)
    {
        var utc = value.UtcDateTime;
        Utf8Formatter.TryFormat(utc, destination, out _, 'O');
        if (utc.Millisecond == 0)
        {
            destination[19] = (byte)'Z';
            return 20;
        }
        destination[23] = (byte)'Z';
        return 24;
    }

    /// <summary>An instant as text: UTC, with milliseconds when there are any.</summary>
    public static string ToText(DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[LongestLength];
        return Encoding.ASCII.GetString(text[..Format(value, text)]);
    }

    // Any number of digits; those beyond a tick are cut off.
    private static bool TryTakeFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest is not [(byte)'.', ..]) return true;
        var length = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length <= 0) return false;
        for (var digit = 0; digit < TicksDigits; digit++)
            ticks = (ticks * 10) + (digit < length ? rest[1 + digit] - '0' : 0);
        rest = rest[(1 + length)..];
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> zone, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (zone is [(byte)'Z']) return true;
        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':') return false;
        if (!TryDigits(zone[1..3], out var hours) || !TryDigits(zone[4..], out var minutes) || minutes > 59) return false;
        var total = (hours * 60) + minutes;
        if (total > 14 * 60) return false;
        offset = TimeSpan.FromMinutes(zone[0] == '-' ? -total : total);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            value = (value * 10) + digit - '0';
        }
        return true;
    }
}
