using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MucGen.Xml;

/// <summary>Prepares the three parts of an address (RFC 7622 sections 3.2 to 3.4).</summary>
internal static class JidPreparation
{
    private const int LongestPart = 1023;

    private static readonly SearchValues<char> Excluded = SearchValues.Create(" \"&'/:<>@");

    public static bool TryLocal(string value, [NotNullWhen(true)] out string? prepared, out JidError error)
    {
        prepared = null;
        error = value.Length == 0 ? JidError.LocalEmpty : JidError.None;
        if (error != JidError.None) return false;
        var mapped = value.ToLowerInvariant().Normalize(NormalizationForm.FormC);
        if (mapped.AsSpan().ContainsAny(Excluded)) error = JidError.LocalForbidden;
        else if (Encoding.UTF8.GetByteCount(mapped) > LongestPart) error = JidError.LocalTooLong;
        else prepared = mapped;
        return prepared is not null;
    }

    public static bool TryDomain(string value, [NotNullWhen(true)] out string? prepared, out JidError error)
    {
        prepared = null;
        var mapped = value.EndsWith('.') ? value[..^1] : value;
        error = mapped.Length == 0 ? JidError.DomainEmpty : JidError.None;
        if (error != JidError.None) return false;
        mapped = mapped.ToLowerInvariant();
        if (Encoding.UTF8.GetByteCount(mapped) > LongestPart) error = JidError.DomainTooLong;
        else prepared = mapped;
        return prepared is not null;
    }

    public static bool TryResource(string value, [NotNullWhen(true)] out string? prepared, out JidError error)
    {
        prepared = null;
        error = value.Length == 0 ? JidError.ResourceEmpty : JidError.None;
        if (error != JidError.None) return false;
        var mapped = value.Normalize(NormalizationForm.FormC);
        if (mapped.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control)) error = JidError.ResourceForbidden;
        else if (Encoding.UTF8.GetByteCount(mapped) > LongestPart) error = JidError.ResourceTooLong;
        else prepared = mapped;
        return prepared is not null;
    }
}
