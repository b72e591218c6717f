using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>A data form read by hand over the untyped views: first every check that its schema asks for, then every field's name and values.</summary>
internal static class HandWrittenFormReader
{
    private const ElementKey TitleKey = (ElementKey)0x60fd3e5f;
    private const ElementKey DescriptionKey = (ElementKey)0x1451fee2;
    private const ElementKey RequiredKey = (ElementKey)0x92700492;
    private const ElementKey ValueKey = (ElementKey)0x422c256c;

    /// <summary>Whether every part is right.</summary>
    public static bool Check(ElementView form)
    {
        if (form.Key != DataFormView.Key || !FormTypeNames.TryParse(form.Attribute("type"u8), out _))
            return false;
        var hasTitle = false;
        var hasReported = false;
        foreach (var child in form.Children)
        {
            switch (child.Key)
            {
                case TitleKey when hasTitle:
                    return false;
                case TitleKey:
                    hasTitle = true;
                    break;
                case DataFormFieldView.Key when !CheckField(child):
                    return false;
                case DataFormReportedView.Key when hasReported || !CheckRow(child):
                    return false;
                case DataFormReportedView.Key:
                    hasReported = true;
                    break;
                case DataFormItemView.Key when !CheckRow(child):
                    return false;
            }
        }
        return true;
    }

    /// <summary>Takes the fields of a form that has been checked.</summary>
    public static int Read(ElementView form)
    {
        var sum = FormTypeNames.TryParse(form.Attribute("type"u8), out var type) ? (int)type : 0;
        foreach (var field in form.Children)
        {
            if (field.Key != DataFormFieldView.Key)
                continue;
            sum += field.Attribute("var"u8).MaxUtf8Length;
            foreach (var value in field.Children)
            {
                if (value.Key == ValueKey)
                    sum += value.Text.MaxUtf8Length;
            }
        }
        return sum;
    }

    private static bool CheckRow(ElementView row)
    {
        var hasField = false;
        foreach (var child in row.Children)
        {
            if (child.Key != DataFormFieldView.Key)
                continue;
            if (!CheckField(child))
                return false;
            hasField = true;
        }
        return hasField;
    }

    private static bool CheckField(ElementView field)
    {
        var hasDescription = false;
        var isRequired = false;
        var hasValidation = false;
        foreach (var child in field.Children)
        {
            switch (child.Key)
            {
                case DescriptionKey when hasDescription:
                case RequiredKey when isRequired:
                case DataFormOptionView.Key when !CheckOption(child):
                case DataValidateView.Key when hasValidation || !DataValidateView.TryRead(child, out _, out _):
                    return false;
                case DataValidateView.Key:
                    hasValidation = true;
                    break;
                case DescriptionKey:
                    hasDescription = true;
                    break;
                case RequiredKey:
                    isRequired = true;
                    break;
            }
        }
        return true;
    }

    private static bool CheckOption(ElementView option)
    {
        var hasValue = false;
        foreach (var child in option.Children)
        {
            if (child.Key != ValueKey)
                continue;
            if (hasValue)
                return false;
            hasValue = true;
        }
        return hasValue;
    }
}
