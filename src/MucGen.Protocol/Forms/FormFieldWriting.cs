using System.Buffers.Text;
using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>What emitted form writers do with a field (XEP-0004 3.2): a form to fill in has types, labels and options; a submission has values only.</summary>
public static class FormFieldWriting
{
    private const int LongestNumber = 11;

    /// <summary>Starts a form of this type and writes the field that says so.</summary>
    public static DataFormWriter Start(
        ref XmppWriter writer, FormType type, scoped ReadOnlySpan<byte> formType, scoped XmlText title, scoped XmlText instructions)
    {
        var form = DataFormWriter.Start(ref writer, type);
        form.Title(title);
        form.Instructions(instructions);
        var field = form.StartField(type: type == FormType.Submit ? null : FormFieldType.Hidden, var: "FORM_TYPE"u8);
        field.Value(formType);
        field.End();
        return form;
    }

    /// <summary>Writes one value in decimal.</summary>
    public static void Number(ref this DataFormFieldWriter field, int? value)
    {
        if (value is not { } number)
            return;
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, digits, out var length);
        field.Value((ReadOnlySpan<byte>)digits[..length]);
    }

    /// <summary>Says that the value is a whole number from <paramref name="least"/> on (XEP-0122 3.1, 3.3.3).</summary>
    public static void AtLeast(ref this DataFormFieldWriter field, int least)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(least, digits, out var length);
        var validate = field.StartValidate(datatype: "xs:integer"u8);
        validate.Range(min: (ReadOnlySpan<byte>)digits[..length]);
        validate.End();
    }

    /// <summary>Writes a Boolean.</summary>
    public static void Boolean(ref this DataFormFieldWriter field, bool? value)
    {
        if (value is { } on)
            field.Value(on ? "1"u8 : "0"u8);
    }

    /// <summary>Writes every text.</summary>
    public static void Texts(ref this DataFormFieldWriter field, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
            field.Value(value);
    }

    /// <summary>Writes every address.</summary>
    public static void Jids(ref this DataFormFieldWriter field, IEnumerable<Jid>? values)
    {
        foreach (var value in values ?? [])
            field.Value(value);
    }

    /// <summary>Writes a value to choose from.</summary>
    public static void Option(ref this DataFormFieldWriter field, scoped ReadOnlySpan<byte> label, scoped ReadOnlySpan<byte> value)
    {
        var option = field.StartOption(label);
        option.Value(value);
        option.End();
    }

    /// <summary>Writes a number in force that is not among the options as one more of them: a list offers what it has selected.</summary>
    public static void NumberOption(ref this DataFormFieldWriter field, int? value, ReadOnlySpan<int> options)
    {
        if (value is not { } number || options.Contains(number))
            return;
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, digits, out var length);
        field.Option(digits[..length], digits[..length]);
    }
}
