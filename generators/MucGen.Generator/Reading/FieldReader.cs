using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using MucGen.Generator.Model;

namespace MucGen.Generator.Reading;

/// <summary>Reads a configuration record: each annotated property against the form that its variable is a field of.</summary>
internal static class FieldReader
{
    /// <summary>The emitted constants of a form: what C# calls each of its variables.</summary>
    private const string VariablesSuffix = "Fields";

    public static ReadConfiguration Read(INamedTypeSymbol type, Compilation compilation)
    {
        var diagnostics = new List<DiagnosticInfo>();
        var data = type.Attributes(AttributeNames.ConfigurationForm).First();
        var form = data.FirstString() ?? "";
        var infoForm = data.Named<string>("InfoForm");
        var variables = VariablesOf(form, type, compilation, diagnostics);
        var infoVariables = infoForm is null ? [] : VariablesOf(infoForm, type, compilation, diagnostics);
        if (variables is null || infoVariables is null)
            return new ReadConfiguration(null, diagnostics.ToEquatableArray());

        var fields = new List<FieldModel>();
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>().Where(property => property.Has(AttributeNames.Field)))
        {
            if (ReadField(property, form, infoForm, variables, infoVariables, diagnostics) is not { } field)
                continue;
            if (fields.Find(other => other.Variable == field.Variable) is { } other)
                diagnostics.Add(DiagnosticInfo.Of(Diagnostics.DuplicateField, property.Place(), other.Property, field.Property, field.Variable));
            else
                fields.Add(field);
        }
        var model = new ConfigurationModel(SymbolFacts.NamespaceOf(type), type.Name, type.IsPublic(), form, infoForm, fields.ToEquatableArray());
        return new ReadConfiguration(model, diagnostics.ToEquatableArray());
    }

    /// <summary>What is wrong with a field, as far as its own declaration shows.</summary>
    public static EquatableArray<DiagnosticInfo> CheckPlace(IPropertySymbol property) =>
        property.ContainingType.Has(AttributeNames.ConfigurationForm) && property.ContainingType.IsRecord
            ? default
            : EquatableArray.Of(DiagnosticInfo.Of(Diagnostics.FieldOutsideForm, property.Place(), property.ShortName()));

    private static FieldModel? ReadField(
        IPropertySymbol property, string form, string? infoForm,
        Dictionary<string, string> variables, Dictionary<string, string> infoVariables, List<DiagnosticInfo> diagnostics)
    {
        var place = property.Place();
        var name = property.ShortName();
        var data = property.Attributes(AttributeNames.Field).First();
        var variable = data.FirstString() ?? "";
        var before = diagnostics.Count;

        if (property.IsStatic || property.GetMethod is null || property.SetMethod is null)
            Report(Diagnostics.FieldNotSettable, name);
        if (!variables.TryGetValue(variable, out var member))
            Report(Diagnostics.FieldNotInForm, name, variable, form);
        if (KindOf(property.Type) is not { } kind)
        {
            Report(Diagnostics.FieldType, name, property.Type.ToDisplayString());
            return null;
        }

        var options = OptionsOf(property.Type);
        var infoMembers = new List<string>();
        foreach (var info in Split(data.Named<string>("Info")))
        {
            if (infoVariables.TryGetValue(info, out var infoMember))
                infoMembers.Add(infoMember);
            else
                Report(Diagnostics.FieldNotInForm, name, info, infoForm ?? "an information form that the record does not name");
        }

        var disco = ReadPair("Disco", areNumbers: false);
        var status = ReadPair("Status", areNumbers: true);
        var isOn = IsOn(property.Type, kind, options, data.Named<string>("On"));
        if (isOn is null && (disco is not null || status is not null))
            Report(Diagnostics.FieldOn, name);

        return diagnostics.Count > before
            ? null
            : new FieldModel(
                property.Name, kind, variable, member!,
                options.IsEmpty ? null : property.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                options, isOn, disco, status, infoMembers.ToEquatableArray());

        PairModel? ReadPair(string argument, bool areNumbers)
        {
            if (data.Named<string>(argument) is not { } text)
                return null;
            var parts = text.Split('|');
            if (parts.Length == 2 && parts.All(part => part.Length > 0 && (!areNumbers || part.All(char.IsDigit))))
                return new PairModel(parts[0], parts[1]);
            Report(Diagnostics.FieldPair, argument, name, text, areNumbers ? "; both are status codes" : "");
            return null;
        }

        void Report(DiagnosticDescriptor descriptor, params string[] arguments) => diagnostics.Add(DiagnosticInfo.Of(descriptor, place, arguments));
    }

    private static Dictionary<string, string>? VariablesOf(string form, INamedTypeSymbol type, Compilation compilation, List<DiagnosticInfo> diagnostics)
    {
        if (compilation.GetTypeByMetadataName($"{AttributeNames.Namespace}.{form}{VariablesSuffix}") is not { } constants)
        {
            diagnostics.Add(DiagnosticInfo.Of(Diagnostics.UnknownForm, type.Place(), type.Name, form));
            return null;
        }
        return constants.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.IsConst && field.ConstantValue is string)
            .ToDictionary(field => (string)field.ConstantValue!, field => field.Name, StringComparer.Ordinal);
    }

    private static FieldKind? KindOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => FieldKind.Boolean,
        { SpecialType: SpecialType.System_Int32 } => FieldKind.Number,
        { SpecialType: SpecialType.System_String } => FieldKind.Text,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            when nullable.TypeArguments[0].SpecialType == SpecialType.System_Int32 => FieldKind.OptionalNumber,
        { TypeKind: TypeKind.Enum } => type.Has("System.FlagsAttribute") ? FieldKind.Choices : FieldKind.Choice,
        _ => null,
    };

    /// <summary>The values of an enumeration as the wire writes them; of flags, the single ones.</summary>
    private static EquatableArray<OptionModel> OptionsOf(ITypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Enum)
            return default;
        var isFlags = type.Has("System.FlagsAttribute");
        return type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.HasConstantValue && (!isFlags || IsSingleBit(Convert.ToInt64(field.ConstantValue, System.Globalization.CultureInfo.InvariantCulture))))
            .Select(field => new OptionModel(field.Name, Kebab(field.Name)))
            .ToEquatableArray();
    }

    private static string? IsOn(ITypeSymbol type, FieldKind kind, EquatableArray<OptionModel> options, string? on) => kind switch
    {
        FieldKind.Boolean when on is null => "{0}",
        FieldKind.Choice => options.FirstOrDefault(option => option.Wire == on) is { } option
            ? $"{{0}} == {type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}.{option.Member}"
            : null,
        _ => null,
    };

    private static bool IsSingleBit(long value) => value > 0 && (value & (value - 1)) == 0;

    private static string[] Split(string? text) => text?.Split(['|'], StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Kebab(string name)
    {
        var result = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && result.Length > 0)
                result.Append('-');
            result.Append(char.ToLowerInvariant(c));
        }
        return result.ToString();
    }
}
