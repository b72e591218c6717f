using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.Text;
using MucGen.Generator.Emitting;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads a data form in the Registrar's format, with its annotations.</summary>
internal sealed class FormReader
{
    private const int MostFields = 64; // emitted readers note the fields they have met in the bits of one number

    private static readonly XNamespace Overlay = XsdVocabulary.Overlay;

    private static readonly HashSet<string> FormAttributes = ["xep", "spec", "version", "name", "mend"];
    private static readonly HashSet<string> FieldAttributes = ["name", "type", "enum", "open", "none", "alias", "min", "mend"];
    private static readonly HashSet<string> FieldTypes =
    [
        "boolean", "jid-multi", "jid-single", "list-multi", "list-single", "text-multi", "text-private", "text-single",
    ];

    private readonly XmlSource source;
    private readonly List<FormFieldModel> fields = [];

    private FormReader(XmlSource source) => this.source = source;

    public static FormFile Read(string path, SourceText text)
    {
        var file = XmlSource.Load(path, text);
        var model = file.Root is null ? null : new FormReader(file).ReadForm(file.Root);
        return new FormFile(file.HasErrors ? null : model, file.Diagnostics, file.Root is null ? null : file.PlaceOf(file.Root));
    }

    private FormModel ReadForm(XElement root)
    {
        if (root.Name != "form_type")
            source.Report(Diagnostics.NotAForm, root, source.Origin, "the root is not 'form_type'");
        CheckAttributes(root, FormAttributes);
        foreach (var child in root.Elements())
        {
            if (child.Name == "field")
                ReadField(child);
            else if (child.Name != "name" && child.Name != "doc" && child.Name != "desc")
                source.Report(Diagnostics.UnsupportedFormPart, child, $"<{child.Name.LocalName}/>", source.Origin, "a form has name, doc, desc and fields");
        }

        var formType = root.Element("name")?.Value.Trim() ?? "";
        if (formType.Length == 0)
            source.Report(Diagnostics.NotAForm, root, source.Origin, "it has no 'name', which is the FORM_TYPE");
        var name = NameOf(root, "name") ?? "";
        if (name.Length == 0)
            source.Report(Diagnostics.NotAForm, root, source.Origin, "it has no mg:name");
        if (fields.Count > MostFields)
            source.Report(Diagnostics.TooManyFormFields, root, formType, source.Origin, CSharp.Number(fields.Count), CSharp.Number(MostFields));
        var xep = Text(root, "xep");
        var specification = new SpecificationRow(xep is null ? Text(root, "spec") ?? "" : "XEP-" + xep, Text(root, "version") ?? "");
        return new FormModel(
            name, formType, source.Origin, specification, xep is null ? "Form" : "Xep" + xep,
            Normal(root.Element("desc")?.Value ?? ""), fields.ToEquatableArray());
    }

    private void ReadField(XElement element)
    {
        CheckAttributes(element, FieldAttributes, "var", "type", "label");
        var variable = element.Attribute("var")?.Value ?? "";
        var type = element.Attribute("type")?.Value ?? "";
        if (variable.Length == 0)
            source.Report(Diagnostics.UnsupportedFormPart, element, "a field without var", source.Origin, "name its var");
        if (!FieldTypes.Contains(type))
            source.Report(Diagnostics.UnsupportedFormPart, element, $"type '{type}' of '{variable}'", source.Origin, "use one of " + string.Join(", ", FieldTypes.OrderBy(t => t)));
        var name = NameOf(element, "name") ?? CSharp.Pascal(variable);
        var alias = Text(element, "alias");
        if (fields.Any(other => other.Name == name || other.IsCalled(variable) || (alias is not null && other.IsCalled(alias))) || alias == variable)
            source.Report(Diagnostics.DuplicateFormField, element, variable, name, source.Origin);

        var options = element.Elements("option").Select(ReadOption).ToEquatableArray();
        var enumType = NameOf(element, "enum");
        var kind = KindOf(element, type, enumType);
        var none = Text(element, "none");
        if (none is not null && (kind != FormValueKind.Number || !options.Any(option => option.Value == none)))
            source.Report(Diagnostics.UnsupportedFormPart, element, $"mg:none of '{variable}'", source.Origin, "it names one of the options of a field with mg:type='int'");
        if (enumType is not null && options.IsEmpty)
            source.Report(Diagnostics.UnsupportedFormPart, element, $"mg:enum of '{variable}'", source.Origin, "give the field options");
        var least = Text(element, "min");
        if (least is not null && (kind != FormValueKind.Number || !int.TryParse(least, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            source.Report(Diagnostics.UnsupportedFormPart, element, $"mg:min of '{variable}'", source.Origin, "it is a whole number, of a field with mg:type='int'");
        fields.Add(new FormFieldModel(
            variable, name, type, Normal(element.Attribute("label")?.Value ?? ""), kind, enumType, options, Text(element, "open") == "true" || options.IsEmpty, none, alias, least));
    }

    private FormOptionModel ReadOption(XElement option)
    {
        var value = option.Element("value")?.Value ?? "";
        if (value.Length == 0)
            source.Report(Diagnostics.UnsupportedFormPart, option, "an option without value", source.Origin, "give it a value");
        return new FormOptionModel(Normal(option.Attribute("label")?.Value ?? value), value);
    }

    private FormValueKind KindOf(XElement element, string type, string? enumType)
    {
        var hint = Text(element, "type");
        switch (type, hint)
        {
            case ("boolean", null):
                return FormValueKind.Boolean;
            case ("jid-single", null):
                return FormValueKind.Jid;
            case ("jid-multi", null):
                return FormValueKind.Jids;
            case ("text-multi", null):
                return FormValueKind.Texts;
            case ("list-multi", null):
                return FormValueKind.Choices;
            case ("list-single", null):
                return enumType is null ? FormValueKind.Text : FormValueKind.Choice;
            case ("text-single" or "list-single", "int"):
                return FormValueKind.Number;
            case ("text-single", "nick"):
                return FormValueKind.Nick;
            case ("text-single", "language"):
                return FormValueKind.Language;
            case ({ }, null):
                return FormValueKind.Text;
            default:
                source.Report(Diagnostics.UnsupportedFormPart, element, $"mg:type '{hint}' of a {type}", source.Origin, "int, nick or language of a text-single, or int of a list-single");
                return FormValueKind.Text;
        }
    }

    private string? NameOf(XElement element, string attribute)
    {
        if (element.Attribute(Overlay + attribute) is not { } found)
            return null;
        if (CSharp.IsIdentifier(found.Value) && char.IsUpper(found.Value[0]))
            return found.Value;
        source.Report(Diagnostics.BadName, found, found.Value);
        return null;
    }

    private void CheckAttributes(XElement element, HashSet<string> overlay, params string[] own)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            var known = attribute.Name.Namespace == Overlay ? overlay.Contains(attribute.Name.LocalName)
                : attribute.Name.Namespace == XNamespace.None && own.Contains(attribute.Name.LocalName);
            if (!known)
                source.Report(Diagnostics.UnsupportedFormPart, attribute, $"attribute '{attribute.Name.LocalName}'", source.Origin, "remove it, or say the same by what schemas/README.md lists");
        }
    }

    private static string? Text(XElement element, string attribute) => element.Attribute(Overlay + attribute)?.Value;

    private static string Normal(string text) => string.Join(" ", text.Split([' ', '\t', '\r', '\n'], System.StringSplitOptions.RemoveEmptyEntries));
}
