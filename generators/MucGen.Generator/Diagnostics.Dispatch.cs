using Microsoft.CodeAnalysis;

namespace MucGen.Generator;

internal static partial class Diagnostics
{
    private const string Dispatch = "MucGen.Dispatch";
    private const string Fields = "MucGen.Fields";

    /// <summary>A handler that needs an instance.</summary>
    public static readonly DiagnosticDescriptor HandlerNotStatic = Error("MG2001", Dispatch, "A handler must be static",
        "The handler '{0}' is not static: dispatch calls static methods; make it static");

    /// <summary>A handler that emitted code cannot call.</summary>
    public static readonly DiagnosticDescriptor HandlerNotAccessible = Error("MG2002", Dispatch, "A handler must be accessible",
        "The handler '{0}' cannot be called from emitted code: make it and the types around it internal or public");

    /// <summary>A handler with the wrong parameters or return type.</summary>
    public static readonly DiagnosticDescriptor HandlerSignature = Error("MG2003", Dispatch, "A handler has the wrong signature",
        "The handler '{0}' must be '{1}'");

    /// <summary>A handler whose first parameter is no context.</summary>
    public static readonly DiagnosticDescriptor UnknownContext = Error("MG2004", Dispatch, "The first parameter is not a context",
        "The first parameter of '{0}' has the type '{1}', which is not a context: use a class marked [DispatchContext], such as RoomTurn");

    /// <summary>A handler whose second parameter is no view.</summary>
    public static readonly DiagnosticDescriptor PayloadNotView = Error("MG2005", Dispatch, "The second parameter is not a view",
        "The second parameter of '{0}' has the type '{1}', which is not the view of an element: use the view that the element's schema yields, such as PingView");

    /// <summary>Two handlers for one request.</summary>
    public static readonly DiagnosticDescriptor DuplicateHandler = Error("MG2006", Dispatch, "Two handlers for the same request",
        "'{0}' and '{1}' both handle iq {2} with {3} in {4}: a request has one handler; remove one, or give them different contexts");

    /// <summary>Two handlers of a message or presence without an order.</summary>
    public static readonly DiagnosticDescriptor AmbiguousHandlers = Error("MG2007", Dispatch, "The order of two handlers is not decided",
        "'{0}' and '{1}' both look at {2} with {3} in {4} at order {5}: give them different values of Order");

    /// <summary>A handler of an answer.</summary>
    public static readonly DiagnosticDescriptor IqTypeNotRequest = Error("MG2008", Dispatch, "Only requests are dispatched",
        "The handler '{0}' asks for iq {1}: answers go to whoever asked; use IqType.Get or IqType.Set");

    /// <summary>A feature that no context would advertise.</summary>
    public static readonly DiagnosticDescriptor FeatureWithoutHandler = Error("MG2009", Dispatch, "A feature has no handler",
        "'{0}' announces the feature '{1}' but has no handler: add one, or name the context that advertises it ([Feature(\"...\", Context = typeof(RoomTurn))])");

    /// <summary>A context that is no turn.</summary>
    public static readonly DiagnosticDescriptor ContextNotTurn = Error("MG2010", Dispatch, "A context must derive from StanzaTurn",
        "'{0}' is marked [DispatchContext] but is not a class derived from MucGen.Protocol.StanzaTurn");

    /// <summary>A feature without a name.</summary>
    public static readonly DiagnosticDescriptor FeatureWithoutName = Error("MG2011", Dispatch, "A feature has no name",
        "'{0}' announces a feature without a name: give its namespace");

    /// <summary>A field outside a configuration.</summary>
    public static readonly DiagnosticDescriptor FieldOutsideForm = Error("MG2101", Fields, "A field outside a configuration form",
        "'{0}' is a [Field], but its type is not a partial record marked [ConfigurationForm]");

    /// <summary>A property of a type that has no form.</summary>
    public static readonly DiagnosticDescriptor FieldType = Error("MG2102", Fields, "A field's property has a type that no form has",
        "'{0}' has the type '{1}': a field is bool, int, int?, string, an enumeration, or a [Flags] enumeration for several choices");

    /// <summary>A variable that the form's definition lacks.</summary>
    public static readonly DiagnosticDescriptor FieldNotInForm = Error("MG2103", Fields, "The form has no such field",
        "'{0}' is the field '{1}', which {2} does not have: add it to the form's definition or correct the name");

    /// <summary>One variable on two properties.</summary>
    public static readonly DiagnosticDescriptor DuplicateField = Error("MG2104", Fields, "Two properties for the same field",
        "'{0}' and '{1}' are both the field '{2}': remove one");

    /// <summary>A pair that is none.</summary>
    public static readonly DiagnosticDescriptor FieldPair = Error("MG2105", Fields, "A pair must be written as two values",
        "{0} of '{1}' is '{2}': write the value for on, a bar, and the value for off{3}");

    /// <summary>A pair on a property that is neither on nor off.</summary>
    public static readonly DiagnosticDescriptor FieldOn = Error("MG2106", Fields, "It is not said when the field is on",
        "'{0}' has a pair for on and off: only a bool, or an enumeration with On naming one of its values, is on or off");

    /// <summary>A form that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownForm = Error("MG2107", Fields, "The form does not exist",
        "'{0}' names the form '{1}', but there is no '{1}View' in MucGen.Protocol: name a form of schemas/");

    /// <summary>A property that the emitted copy cannot set.</summary>
    public static readonly DiagnosticDescriptor FieldNotSettable = Error("MG2108", Fields, "A field's property cannot be set",
        "'{0}' must be an instance property with get and init");
}
