using System.Diagnostics;
using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>
/// What emitted form readers do with a field (XEP-0004 3.3, XEP-0068). Reading is lenient where clients are: white space around numbers and
/// Booleans, a field that was submitted without a value.
/// </summary>
[Specification("XEP-0068", "1.3.0")]
public static class FormFields
{
    /// <summary>The field that says which form it is (XEP-0068).</summary>
    public const string FormTypeVariable = "FORM_TYPE";

    /// <summary>The field of a form; absent when there is none.</summary>
    public static DataFormFieldView Find(DataFormView form, ReadOnlySpan<byte> variable)
    {
        foreach (var field in form.Fields)
        {
            if (field.Var.Equals(variable))
                return field;
        }
        return default;
    }

    /// <summary>The field of a form under its name, or else under the other name that some clients know it by; absent when there is none.</summary>
    public static DataFormFieldView Find(DataFormView form, ReadOnlySpan<byte> variable, ReadOnlySpan<byte> alias) =>
        Find(form, variable) is { IsPresent: true } field ? field : Find(form, alias);

    /// <summary>Whether the form says that it is of this type.</summary>
    public static bool HasType(DataFormView form, ReadOnlySpan<byte> formType) => Find(form, "FORM_TYPE"u8).Values.First.Equals(formType);

    /// <summary>Checks the type of a form. One that does not say its type is let through; one of another type is a bad request.</summary>
    public static bool CheckType(DataFormView form, ReadOnlySpan<byte> formType, out FormError error)
    {
        error = default;
        if (!Find(form, "FORM_TYPE"u8).IsPresent || HasType(form, formType))
            return true;
        error = new FormError(FormTypeVariable, ReadProblem.BadValue, StanzaErrorCondition.BadRequest);
        return false;
    }

    /// <summary>The text of a field; empty when the field is there without a value, absent when it is not there.</summary>
    public static XmlText Text(DataFormFieldView field)
    {
        if (!field.IsPresent)
            return default;
        var value = field.Values.First;
        return value.IsPresent ? value : new XmlText(""u8);
    }

    /// <summary>The Boolean of a field; null when it is not there or has no value.</summary>
    public static bool? Boolean(DataFormFieldView field) => field.Values.First.Trimmed.TryParseBoolean(out var value) ? value : null;

    /// <summary>The number of a field; null when it is not there or has none.</summary>
    public static int? Number(DataFormFieldView field) => field.Values.First.Trimmed.TryParseInt32(out var value) ? value : null;

    /// <summary>The address of a field; absent when it is not there or empty.</summary>
    public static JidText Jid(DataFormFieldView field) => field.Values.First.IsEmpty ? default : new JidText(field.Values.First);

    /// <summary>Whether the field is there with a value that is not empty.</summary>
    public static bool HasValue(DataFormFieldView field) => field.Values.First is { IsPresent: true, IsEmpty: false };

    /// <summary>Checks that a field of a form is there once. <paramref name="seen"/> has a bit for each field of the form's definition.</summary>
    public static bool CheckOnce(ref ulong seen, int index, string variable, out FormError error)
    {
        Debug.Assert(index < 64, "A form's definition has at most 64 fields.");
        var bit = 1UL << index;
        error = (seen & bit) == 0 ? default : new FormError(variable, ReadProblem.Duplicate, StanzaErrorCondition.BadRequest);
        var isFirst = (seen & bit) == 0;
        seen |= bit;
        return isFirst;
    }

    /// <summary>Checks a field that takes one text.</summary>
    public static bool CheckText(DataFormFieldView field, string variable, out FormError error)
    {
        error = field.Values.Count > 1 ? new FormError(variable, ReadProblem.TooMany, StanzaErrorCondition.NotAcceptable) : default;
        return error.Var is null;
    }

    /// <summary>Checks a Boolean field.</summary>
    public static bool CheckBoolean(DataFormFieldView field, string variable, out FormError error) =>
        CheckText(field, variable, out error) && (!HasValue(field) || Boolean(field) is not null || IsBad(variable, out error));

    /// <summary>Checks a field that takes a number.</summary>
    public static bool CheckNumber(DataFormFieldView field, string variable, out FormError error, int least = int.MinValue) =>
        CheckText(field, variable, out error) && (!HasValue(field) || Number(field) >= least || IsBad(variable, out error));

    /// <summary>Checks a field that takes a nick.</summary>
    public static bool CheckNick(DataFormFieldView field, string variable, out FormError error) =>
        CheckText(field, variable, out error)
        && (!HasValue(field) || FieldRules.IsNick(field.Values.First) || IsBad(variable, out error, StanzaErrorCondition.JidMalformed));

    /// <summary>Checks a field that takes a language tag.</summary>
    public static bool CheckLanguage(DataFormFieldView field, string variable, out FormError error) =>
        CheckText(field, variable, out error) && (!HasValue(field) || FieldRules.IsLanguage(field.Values.First) || IsBad(variable, out error));

    /// <summary>Checks a field that takes one address.</summary>
    public static bool CheckJid(DataFormFieldView field, string variable, out FormError error) =>
        CheckText(field, variable, out error) && CheckJids(field, variable, out error);

    /// <summary>Checks a field that takes addresses.</summary>
    public static bool CheckJids(DataFormFieldView field, string variable, out FormError error)
    {
        foreach (var jid in new JidTextList(field))
        {
            if (!FieldRules.IsJid(jid.Text))
                return IsBad(variable, out error, StanzaErrorCondition.JidMalformed);
        }
        error = default;
        return true;
    }

    /// <summary>The error of a value that is not allowed; always false.</summary>
    public static bool IsBad(string variable, out FormError error, StanzaErrorCondition condition = StanzaErrorCondition.NotAcceptable)
    {
        error = new FormError(variable, ReadProblem.BadValue, condition);
        return false;
    }
}
